import { request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { sendOwnAnswer } from '../own-answer.ts';
import { bracketed, type Destination } from './authority-form.ts';
import { answerBack, sentHeaders } from './bare-relay.ts';
import type { Dial } from './dial.ts';

/** Sends a request by `http:` for a host of nobody's on, as it came (RFC 9110 §7.6). */
export function forwardPlain(
  dial: Dial,
  { destination, target }: { destination: Destination; target: string },
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const { host, port } = destination;
  void dial(destination).then((dialled) => {
    if (!dialled.ok) {
      const { code, message, hint = '' } = dialled.error;
      sendOwnAnswer(request, response, { status: code === 'refused' ? 403 : 502, code, message, hint });
      return;
    }
    const name = port === 80 ? bracketed(host) : `${bracketed(host)}:${port}`;
    const sent = httpRequest({
      // The address was looked at; the name must not be resolved again.
      createConnection: () => dialled.value,
      method: request.method,
      path: target,
      headers: sentHeaders(request, name),
    });
    answerBack(sent, request, response, `${host} did not answer.`);
  });
}
