import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Failure } from '../../../contract/errors.ts';
import type { ConnectionRecord } from '../../store/records.ts';
import { PROXY_CHALLENGE, type OwnAnswer } from '../own-answer.ts';

/** Names the connection that a request is for; not sent on. */
export const CONNECTION_HEADER = 'x-tokentray-connection';

const refusal = (status: number, code: OwnAnswer['code'], message: string, hint: string): OwnAnswer => ({
  ...{ status, code, message, hint },
});

export const NO_KEY = refusal(
  407,
  'unauthorized',
  'This proxy belongs to a run of Tokentray.',
  'Send the run’s key as the password; it is in HTTPS_PROXY.',
);

export const RUN_ENDED = refusal(
  403,
  'refused',
  'This run has ended, and its key with it.',
  'Start the command again: tokentray run --proxy -- …',
);

export const notOpen = (host: string): OwnAnswer =>
  refusal(
    403,
    'refused',
    `This run may not reach ${host}: it is isolated, and this is no host of its connections.`,
    'Name the connection too, or leave out --isolated.',
  );

export const notMine = (where: string, wanted: string | null): OwnAnswer =>
  wanted === null
    ? refusal(
        403,
        'refused',
        `No connection of this run leads to ${where}.`,
        'Name its connection: tokentray run --proxy NAME -- …',
      )
    : refusal(
        403,
        'refused',
        `No connection “${wanted}” of this run leads to ${where}.`,
        `Correct the header ${CONNECTION_HEADER}, or name that connection: tokentray run --proxy NAME -- …`,
      );

export const several = (connections: readonly ConnectionRecord[]): OwnAnswer =>
  refusal(
    409,
    'ambiguous',
    `Several connections of this run lead there: ${connections.map(({ name }) => `“${name}”`).join(', ')}.`,
    `Name one in the header ${CONNECTION_HEADER}.`,
  );

export const onlyByTls = (host: string): OwnAnswer =>
  refusal(403, 'refused', `${host} is reached by https only.`, 'Use https in its address.');

export const malformed = (status: number, reason: string): OwnAnswer => ({
  ...refusal(status, 'invalid-input', `This request is not sent on. ${reason}`, ''),
  close: true,
});

/** The answer to a client for whom no connection was made (RFC 9110 §15.6). */
export const notReached = ({ code, message, hint = '' }: Failure): OwnAnswer =>
  refusal(code === 'refused' ? 403 : code === 'timed-out' ? 504 : 502, code, message, hint);

/** Answers a CONNECT that is refused, and ends the connection. Most clients show nothing but the status line of it. */
export function refuseTunnel(socket: Duplex, { status, code, message, hint }: OwnAnswer): void {
  const whole = hint === '' ? message : `${message} ${hint}`;
  const body = JSON.stringify({
    error: hint === '' ? { code, message } : { code, message, hint },
    errorMessages: [whole],
    message: whole,
  });
  const phrase = `${STATUS_CODES[status] ?? 'Refused'}: ${ascii(message)}`;
  socket.end(
    `HTTP/1.1 ${status} ${phrase}\r\nConnection: close\r\nContent-Type: application/json; charset=utf-8\r\n` +
      `X-Tokentray-Error: ${code}\r\n` +
      (status === 407 ? `Proxy-Authenticate: ${PROXY_CHALLENGE}\r\n` : '') +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

const ascii = (text: string): string =>
  text
    .replace(/[“”]/g, '"')
    .replace(/’/g, "'")
    .replace(/[^\x20-\x7e]/g, '?');
