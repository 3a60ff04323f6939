import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../../../lib/clock.ts';
import { deadline } from '../../../lib/deadline.ts';
import { clientHeaders } from './headers.ts';

export interface PassOnOptions {
  clock: Clock;
  /** Whether a client that leaves ends the server's work too. */
  cancels: boolean;
  /** Aborts when the client has left. */
  gone: AbortSignal;
}

/** How long an answer that nobody waits for may take. */
const UNATTENDED_MS = 600_000;

/**
 * Streams an answer to the client as it comes: no buffering, no idle limit. Resolves with the number of bytes when it has
 * ended, however it did.
 */
export const passOn = (
  answer: IncomingMessage,
  response: ServerResponse,
  { clock, cancels, gone }: PassOnOptions,
): Promise<number> =>
  new Promise((resolve) => {
    let bytes = 0;
    const done = (): void => {
      gone.removeEventListener('abort', left);
      resolve(bytes);
    };
    const left = (): void => {
      done();
      response.destroy();
      if (cancels) answer.destroy();
      else runOut(answer, clock);
    };
    answer.on('error', () => {
      // Cut off: the client must not take it for a whole answer.
      response.destroy();
    });
    answer.on('close', () => {
      if (!answer.complete) response.destroy();
    });
    if (gone.aborted) {
      left();
      return;
    }
    gone.addEventListener('abort', left, { once: true });
    response.on('close', done);
    response.writeHead(answer.statusCode ?? 502, clientHeaders(answer.headers));
    // A stream's first event may be long in coming.
    response.flushHeaders();
    answer.on('data', (chunk: Buffer) => {
      bytes += chunk.byteLength;
    });
    answer.pipe(response);
  });

/** Leaving is not cancelling: lets the server finish what it was asked. */
function runOut(answer: IncomingMessage, clock: Clock): void {
  answer.unpipe();
  answer.resume();
  const limit = deadline(clock, UNATTENDED_MS, () => {
    answer.destroy();
  });
  answer.once('close', () => void limit.dispose());
}
