import { request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { sendOwnAnswer } from '../own-answer.ts';
import { bracketed, type Destination } from './authority-form.ts';
import { answerBack, sentHeaders } from './bare-relay.ts';
import type { Dial } from './dial.ts';
import { notReached } from './refusals.ts';

/** Sends a request by `http:` for a host of nobody's on, as it came (RFC 9110 §7.6). */
export function forwardPlain(
  dial: Dial,
  { destination, target }: { destination: Destination; target: string },
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const { host, port } = destination;
  void dial(destination, 'http').then((dialled) => {
    if (!dialled.ok) {
      sendOwnAnswer(request, response, notReached(dialled.error));
      return;
    }
    if (response.destroyed) {
      dialled.value.destroy();
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
