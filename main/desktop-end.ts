import { constants } from 'node:os';
import process from 'node:process';
import { END_SIGNALS, endSignal } from './end-signal.ts';
import type { Clock } from './lib/clock.ts';

/**
 * Ends the app on a signal as the browser host does: in order, and at once when it is asked again. Chromium puts handlers of
 * its own in the place of Node's while it starts, each for one signal only; the listeners that are there before it are
 * set again once it is `ready`. On Windows only what a console sends arrives at all.
 */
export function endOnSignals(parts: {
  ready: Promise<unknown>;
  endInOrder: () => void;
  endAtOnce: (code: number) => void;
  clock: Clock;
}): void {
  const { ready, endInOrder, endAtOnce, clock } = parts;
  let endingSince: number | null = null;
  for (const signal of END_SIGNALS) {
    const listener = (): void => {
      const asked = endSignal(signal, endingSince === null ? null : clock.monotonicMs() - endingSince);
      if (asked === 'at-once') endAtOnce(128 + constants.signals[signal]);
      if (asked !== 'in-order') return;
      endingSince = clock.monotonicMs();
      endInOrder();
    };
    process.on(signal, listener);
    void ready.then(() => {
      process.off(signal, listener);
      process.on(signal, listener);
    });
  }
}

/**
 * Has a bug end the app, as it ends Node: nobody knows what still holds after it, and all that was acknowledged is on the
 * disk. Electron would show a box for an exception and go on, and only warn of a rejection that nobody handles.
 */
export function endOnFaults(crashed: (fault: Error) => void): void {
  process.on('unhandledRejection', (reason) => {
    // As an exception it is logged where those are.
    throw reason instanceof Error ? reason : new Error('something other than an error was thrown');
  });
  process.on('uncaughtException', crashed);
}
