import {
  request as httpRequest,
  type ClientRequest,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { sendOwnAnswer } from '../own-answer.ts';
import { readPastFailedWrites } from '../relay/failed-writes.ts';
import { linksIn, passInterim } from '../relay/interim-answers.ts';
import { connectionNames, HOP_BY_HOP } from '../relay/request-headers.ts';

const NOT_SENT: ReadonlySet<string> = new Set(['host', ...HOP_BY_HOP]);

/**
 * Sends a request to where the sandbox plays its host, as it came: no credential is added, none is taken away. `address` is
 * an `http:` one of this computer.
 */
export function relayBare(
  request: IncomingMessage,
  response: ServerResponse,
  { url, path }: { url: URL; path: string },
): void {
  const sent = httpRequest({
    ...{ host: url.hostname, port: url.port, path },
    method: request.method,
    headers: sentHeaders(request, url.host),
  });
  answerBack(sent, request, response, 'The sandbox did not answer.');
}

/** What of a request's headers is sent on: names and values in turn. */
export function sentHeaders({ rawHeaders, headers }: IncomingMessage, host: string): string[] {
  const named = connectionNames(rawHeaders);
  const sent = ['host', host];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    const known = name.toLowerCase();
    if (NOT_SENT.has(known) || named?.has(known) === true || known.startsWith('proxy-')) continue;
    sent.push(name, rawHeaders[index + 1] ?? '');
  }
  return headers['transfer-encoding'] === undefined ? sent : [...sent, 'transfer-encoding', 'chunked'];
}

/** Streams the request's body out, and the answer back. */
export function answerBack(
  sent: ClientRequest,
  request: IncomingMessage,
  response: ServerResponse,
  fault: string,
): void {
  const progress = { hasAnswer: false };
  sent.on('socket', (socket) => {
    readPastFailedWrites(socket, progress);
  });
  sent.on('information', ({ statusCode, rawHeaders }) => {
    passInterim(request, response, { status: statusCode, links: linksIn(rawHeaders) });
  });
  sent.on('response', (answer) => {
    progress.hasAnswer = true;
    const kept: string[] = [];
    for (let index = 0; index < answer.rawHeaders.length; index += 2) {
      const name = answer.rawHeaders[index] ?? '';
      if (!NOT_SENT.has(name.toLowerCase())) kept.push(name, answer.rawHeaders[index + 1] ?? '');
    }
    response.writeHead(answer.statusCode ?? 502, kept);
    answer.on('error', () => response.destroy());
    answer.pipe(response);
  });
  sent.on('error', () => {
    if (response.headersSent) response.destroy();
    else sendOwnAnswer(request, response, { status: 502, code: 'offline', message: fault, hint: '' });
  });
  response.on('close', () => {
    if (!response.writableFinished) sent.destroy();
  });
  request.pipe(sent);
}
