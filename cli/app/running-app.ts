import { lockHolder } from '../../contract/lock-record.ts';
import type { Context } from '../context.ts';
import { failed, type Outcome } from '../outcome.ts';
import { probe } from '../wire/exchange.ts';
import type { Place } from './place.ts';

/** An app that is reopening its socket or shutting down is done within this time. */
const WAIT_MS = 5000;
const PAUSE_MS = 50;

/**
 * Whether an app holds the data folder although nothing answers at its socket: the socket file was removed, or the app
 * is shutting down. Waits up to 5 s. Null: no app holds it. Otherwise `answers`, or the ID of the process that holds it.
 */
export async function appWithoutSocket(
  context: Context,
  { home, socket }: Place,
): Promise<number | 'answers' | null> {
  const deadline = context.clock.now() + WAIT_MS;
  for (;;) {
    const pid = lockHolder(home, context.paths.platform, (file) => context.readText(file));
    if (pid === null) return null;
    if ((await probe(socket)) === null) return 'answers';
    if (context.clock.now() >= deadline) return pid;
    await context.clock.sleep(PAUSE_MS);
  }
}

export const withoutSocket = (pid: number, { socket }: Place): Outcome<never> =>
  failed(
    'not-reachable',
    `The app is running (process ${pid}), but nothing answers at its socket ${socket}.`,
    `It may be shutting down or creating a new socket: try again in 30 seconds. If that does not help: kill ${pid}`,
  );
