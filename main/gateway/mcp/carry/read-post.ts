import type { IncomingMessage } from 'node:http';
import type { JsonAnswer } from '../answers.ts';
import { mediaType } from '../http.ts';
import { headersFit, readMessages, type ClientMessages } from './messages.ts';
import type { HeldBody } from '../body-budget.ts';
import { protocolError } from './own-answers.ts';

/** The messages of a POST, or why they are none. */
export function readPost(request: IncomingMessage, body: Buffer): ClientMessages | JsonAnswer {
  if (mediaType(request) !== 'application/json' || request.headers['content-encoding'] !== undefined)
    return protocolError(415, -32_600, 'The body must be JSON, not compressed.');
  const read = readMessages(body);
  if (read === null) return protocolError(400, -32_700, 'The body is not a message of JSON-RPC.');
  return headersFit(request.headers, read)
    ? read
    : protocolError(400, -32_020, 'The headers say something else than the body.');
}

/** Why a message is not even read. */
export const notHeld = ({ kind }: Exclude<HeldBody, { kind: 'held' }>): JsonAnswer =>
  kind === 'too-large'
    ? protocolError(413, -32_600, 'The message is too large: at most 8 MB are passed on.')
    : protocolError(
        503,
        -32_000,
        'Tokentray holds too many large messages at the moment. Try again in a moment.',
        { 'retry-after': '1' },
      );
