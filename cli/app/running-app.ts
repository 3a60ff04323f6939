import { lockHolder } from '../../contract/lock-record.ts';
import type { Context } from '../context.ts';
import { failed, type Outcome } from '../outcome.ts';
import { knock } from '../wire/exchange.ts';
import type { Place } from './place.ts';

/** An app that listens anew, or that is ending, is through with it in this time. */
const WAIT_MS = 5000;
const PAUSE_MS = 50;

/**
 * Whether an app has the data folder although nothing answers at its socket: somebody removed the socket's file, or it
 * is ending. Waits a moment. Null: none has it. Otherwise `answers`, or the process that has it.
 */
export async function appWithoutSocket(
  context: Context,
  { home, socket }: Place,
): Promise<number | 'answers' | null> {
  const deadline = context.clock.now() + WAIT_MS;
  for (;;) {
    const pid = lockHolder(home, context.paths.platform, (file) => context.readText(file));
    if (pid === null) return null;
    if ((await knock(socket)) === null) return 'answers';
    if (context.clock.now() >= deadline) return pid;
    await context.clock.sleep(PAUSE_MS);
  }
}

export const withoutSocket = (pid: number, { socket }: Place): Outcome<never> =>
  failed(
    'not-reachable',
    `The app is running (process ${pid}), but nothing answers at its socket ${socket}.`,
    `It is ending, or makes a new socket within half a minute: try again then. If it does neither: kill ${pid}`,
  );
