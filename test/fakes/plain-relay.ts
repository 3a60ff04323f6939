import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { CredentialHeader } from '../../main/credentials/sent.ts';
import { sendOwnAnswer } from '../../main/gateway/own-answer.ts';
import type { Relay, RelayTarget } from '../../main/gateway/ports.ts';
import type { Result } from '../../main/lib/result.ts';

const NOT_SENT =
  /^(?:authorization|connection|cookie|host|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|x-tokentray-.*)$/i;

/** Sends requests on with the credential and nothing else: no rules, no limits, no repeats. */
export function plainRelay(
  open: (target: RelayTarget) => Promise<Result<{ url: string; header: CredentialHeader }>>,
): { relay: Relay; targets: RelayTarget[] } {
  const targets: RelayTarget[] = [];
  const relay: Relay = async (request, response, target) => {
    targets.push(target);
    const opened = await open(target);
    if (!opened.ok) {
      const { code, message, hint = '' } = opened.error;
      sendOwnAnswer(request, response, { status: 503, code, message, hint });
      return;
    }
    const url = new URL(opened.value.url);
    const headers = ['host', url.host, opened.value.header.name, opened.value.header.value];
    const { rawHeaders } = request;
    for (let index = 0; index < rawHeaders.length; index += 2)
      if (!NOT_SENT.test(rawHeaders[index] ?? ''))
        headers.push(rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '');
    if (request.headers['transfer-encoding'] !== undefined) headers.push('transfer-encoding', 'chunked');
    const prefix = url.pathname === '/' ? '' : url.pathname;
    await new Promise<void>((resolve) => {
      const sent = (url.protocol === 'https:' ? httpsRequest : httpRequest)({
        host: url.hostname,
        port: url.port,
        method: request.method,
        path: prefix + target.path + target.query,
        headers,
      });
      sent.on('response', (answer) => {
        const kept = answer.rawHeaders.flatMap((name, index, all) =>
          index % 2 === 0 && !/^(?:connection|keep-alive|transfer-encoding|set-cookie)$/i.test(name)
            ? [name, all[index + 1] ?? '']
            : [],
        );
        response.writeHead(answer.statusCode ?? 502, kept);
        answer.pipe(response);
        response.on('close', resolve);
      });
      sent.on('error', (fault) => {
        sendOwnAnswer(request, response, { status: 502, code: 'offline', message: fault.message, hint: '' });
        resolve();
      });
      request.pipe(sent);
    });
  };
  return { relay, targets };
}
