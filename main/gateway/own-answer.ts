import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ErrorCode, Failure } from '../../contract/errors.ts';
import { challengeFor } from '../credentials/received.ts';

/** An answer of ours, not of an upstream. */
export interface OwnAnswer {
  readonly status: number;
  readonly code: ErrorCode | 'unauthorized' | 'limited';
  readonly message: string;
  readonly hint: string;
  readonly retryAfterSeconds?: number | null;
  /** Whatever else comes on the connection is not read. */
  readonly close?: boolean;
}

export const UNAUTHORIZED: OwnAnswer = {
  status: 401,
  code: 'unauthorized',
  message: 'This needs a key of Tokentray.',
  hint: 'Make one under Gateway, or with: tokentray gateway add.',
  close: true,
};

/** The answer to a failure to open an API: 404 for what is not there, else 503. */
export const failureAnswer = ({ code, message, hint }: Failure): OwnAnswer => ({
  status: code === 'not-found' ? 404 : 503,
  code,
  message,
  hint: hint ?? '',
});

const REALM = 'Tokentray';
const CHALLENGES = [
  challengeFor('bearer', { realm: REALM }),
  challengeFor('basic', { realm: REALM, charset: 'UTF-8' }),
];
/** For programs that ask a proxy. */
export const PROXY_CHALLENGE = challengeFor('basic', { realm: REALM });

/** Git's addresses (gitprotocol-http(5)). It shows what is plain text, each line after `remote:`. */
const OF_GIT = /\/(?:info\/refs\?service=git-[a-z-]+|git-(?:upload|receive)-pack)$/;

/**
 * Answers a request with what went wrong, in the forms that clients show: ours, that of Jira's clients (`errorMessages`), and plain
 * text for git. Does nothing once an answer has begun.
 */
export function sendOwnAnswer(request: IncomingMessage, response: ServerResponse, answer: OwnAnswer): void {
  if (response.headersSent || response.destroyed) return;
  const { status, code, message, hint, retryAfterSeconds = null, close = false } = answer;
  const whole = hint === '' ? message : `${message} ${hint}`;
  const error = hint === '' ? { code, message } : { code, message, hint };
  const isOfGit = OF_GIT.test(request.url ?? '');
  const body = isOfGit
    ? [message, hint].filter((line) => line !== '').join('\n') + '\n'
    : JSON.stringify({ error, errorMessages: [whole], message: whole });
  const length = Buffer.byteLength(body);
  response.writeHead(status, {
    ...OWN_HEADERS,
    ...(isOfGit && { 'content-type': 'text/plain; charset=utf-8' }),
    'content-length': length,
    'x-tokentray-error': code,
    ...(status === 401 && { 'www-authenticate': CHALLENGES }),
    ...(retryAfterSeconds !== null && { 'retry-after': String(retryAfterSeconds) }),
    ...(close && { connection: 'close' }),
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

export const OWN_HEADERS = {
  'content-type': 'application/json; charset=utf-8',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
} as const;
