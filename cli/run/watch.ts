import type { CoreEvent } from '../../contract/events.ts';
import type { ChildEnd, RunningChild } from '../context.ts';
import { ourFault } from '../our-fault.ts';
import type { Outcome } from '../outcome.ts';
import { plain } from '../present/plain.ts';
import type { Runtime } from '../runtime.ts';
import { endLike } from './child-end.ts';
import type { Prepared } from './direct.ts';

/** A refresh is several events. */
const SETTLE_MS = 300;
/** How long a command may take to end by itself. */
const STOP_LIMIT_MS = 10_000;
/** The app may be restarted. */
const RETRY_MS = 1000;

/**
 * Starts the command, and again with new variables each time that they change, until it ends by itself or is ended by
 * the person. While the app is away it goes on with what it has.
 */
export async function runWatched(
  runtime: Runtime,
  first: Prepared,
  prepare: () => Promise<Outcome<Prepared>>,
): Promise<Outcome<number>> {
  const { context, err, note: say } = runtime;
  let current = first;
  let running: RunningChild = await context.startChild(first.child);
  /** What the latest check found to be different. */
  const latest: { differs: Prepared | null } = { differs: null };
  let wake: () => void = () => undefined;
  let lastFailure: string | null = null;

  const check = async (): Promise<void> => {
    const prepared = await prepare().catch((fault: unknown): Outcome<Prepared> => ({
      ok: false,
      error: ourFault(fault),
    }));
    if (!prepared.ok) {
      // It goes on with what it has; each reason is said once.
      if (prepared.error.message !== lastFailure)
        say(`${err.warn('▲')} The command keeps its variables: ${plain(prepared.error.message)}`);
      lastFailure = prepared.error.message;
      return;
    }
    lastFailure = null;
    latest.differs = prepared.value.fingerprint === current.fingerprint ? null : prepared.value;
    if (latest.differs !== null) wake();
  };

  const watching = watchApp(runtime, check);
  try {
    for (;;) {
      const changed = new Promise<'changed'>((resolve) => {
        wake = () => {
          resolve('changed');
        };
      });
      // It may have come while the command was being stopped.
      if (latest.differs !== null) wake();
      const end = await Promise.race([running.ended, changed]);
      if (end !== 'changed') return await finish(runtime, watching, end, current);
      say(err.dim(`The variables have changed: restarting ${plain(current.child.command)}.`));
      await running.stop(STOP_LIMIT_MS);
      if (running.interrupted) return await finish(runtime, watching, await running.ended, current);
      current = latest.differs ?? current;
      latest.differs = null;
      running = await context.startChild(current.child);
    }
  } finally {
    await watching.end();
  }
}

async function finish(
  runtime: Runtime,
  watching: { end: () => Promise<void> },
  end: ChildEnd,
  { child }: Prepared,
): Promise<Outcome<number>> {
  // Before this process ends by a signal.
  await watching.end();
  return endLike(runtime, end, child.command);
}

/** Calls `check` soon after something about connections has happened, and when the app is back after it was away. */
function watchApp(
  { app, context, note: say }: Runtime,
  check: () => Promise<void>,
): { end: () => Promise<void> } {
  const abort = new AbortController();
  const isOver = (): boolean => abort.signal.aborted;
  const over = new Promise<void>((resolve) => {
    abort.signal.addEventListener('abort', () => {
      resolve();
    });
  });
  let isDue = false;
  let isChecking = false;
  let isAway = false;

  /** One check at a time: an answer must not come after that to a later question. */
  const settle = async (): Promise<void> => {
    isDue = true;
    if (isChecking) return;
    isChecking = true;
    while (isDue && !isOver()) {
      await context.clock.sleep(SETTLE_MS);
      isDue = false;
      if (!isOver()) await check();
    }
    isChecking = false;
  };
  const onEvent = ({ type }: CoreEvent): void => {
    if (type === 'connection' || type === 'connection-removed') void settle();
  };

  const loop = async (): Promise<void> => {
    while (!isOver()) {
      await app.events(onEvent, {
        signal: abort.signal,
        onOpen: () => {
          if (isAway) say('The app is back.');
          isAway = false;
          // What has changed before is no event any more.
          void settle();
        },
      });
      if (isOver()) return;
      if (!isAway) say('The app has ended; the command goes on with the variables that it has.');
      isAway = true;
      await Promise.race([context.clock.sleep(RETRY_MS), over]);
    }
  };
  const looping = loop();
  return {
    end: async () => {
      abort.abort();
      await looping;
    },
  };
}
