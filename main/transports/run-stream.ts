import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Disposable } from '../lib/disposable.ts';

/** Takes charge of a run of the gateway until the result is disposed of; null when there is no such run. */
export type HoldRun = (run: string) => Disposable | null;

const PING_MS = 15_000;

/**
 * A stream without content; the run ends when its connection does, so that a command line that was killed leaves no key
 * behind. False: there is no such run.
 */
export function streamRun(
  request: IncomingMessage,
  response: ServerResponse,
  holdRun: HoldRun,
  run: string,
): boolean {
  const held = holdRun(run);
  if (held === null) return false;
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  response.write(': held\n\n');
  const ping = setInterval(() => response.write(': ping\n\n'), PING_MS);
  ping.unref();
  const end = (): void => {
    clearInterval(ping);
    void held.dispose();
  };
  request.on('close', end);
  response.on('close', end);
  response.on('error', end);
  return true;
}
