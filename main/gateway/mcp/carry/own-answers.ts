import type { JsonAnswer } from '../answers.ts';
import type { ClientMessages } from './messages.ts';

/** Why we answer instead of the server, for people: a sentence, and what to do. */
export interface OwnAnswer {
  readonly message: string;
  readonly hint: string;
  /** For what is no call of a tool; a call is always answered 200, which every client survives. */
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON-RPC's. */
  readonly code?: number;
}

/** Of the range that JSON-RPC leaves to servers. */
const SERVER_ERROR = -32_000;

/**
 * Answers for the server. A call of a tool gets the error as its result, which the model reads and the session survives: a
 * 401 or 403 would make clients sign in again.
 */
export function ownAnswer({ messages, batch }: ClientMessages, answer: OwnAnswer): JsonAnswer {
  const text = `${answer.message} ${answer.hint}`.trim();
  const waiting = messages.filter(({ id, method }) => id !== null && method !== null);
  if (waiting.length === 0)
    return { status: answer.status === 200 ? 202 : answer.status, headers: answer.headers ?? {}, body: {} };
  const answers = waiting.map(({ id, method }) =>
    method === 'tools/call'
      ? { jsonrpc: '2.0', id, result: { content: [{ type: 'text', text }], isError: true } }
      : { jsonrpc: '2.0', id, error: { code: answer.code ?? SERVER_ERROR, message: text } },
  );
  const isCall = waiting.some(({ method }) => method === 'tools/call');
  const [only] = answers;
  return {
    status: isCall ? 200 : answer.status,
    headers: isCall ? {} : (answer.headers ?? {}),
    body: batch || only === undefined ? answers : only,
  };
}

/** An answer to what is no message: a body that cannot be read, or a stream. */
export const protocolError = (
  status: number,
  code: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): JsonAnswer => ({ status, headers, body: { jsonrpc: '2.0', id: null, error: { code, message } } });
