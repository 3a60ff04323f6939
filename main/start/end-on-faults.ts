import { constants } from 'node:os';
import process from 'node:process';
import { END_SIGNALS, endSignal } from './end-signal.ts';
import type { Clock } from '../lib/clock.ts';

/**
 * Ends the app on a signal as the browser host does: gracefully first, immediately on a second signal. While it starts,
 * Chromium replaces Node's signal handlers with its own, each of which handles one signal only; so the listeners are set
 * again once it is `ready`. On Windows only console events arrive at all.
 */
export function endOnSignals(parts: {
  ready: Promise<unknown>;
  shutDown: () => void;
  exitNow: (code: number) => void;
  clock: Clock;
}): void {
  const { ready, shutDown, exitNow, clock } = parts;
  let endingSince: number | null = null;
  for (const signal of END_SIGNALS) {
    const listener = (): void => {
      const response = endSignal(signal, endingSince === null ? null : clock.monotonicMs() - endingSince);
      if (response === 'immediate') exitNow(128 + constants.signals[signal]);
      if (response !== 'graceful') return;
      endingSince = clock.monotonicMs();
      shutDown();
    };
    process.on(signal, listener);
    void ready.then(() => {
      process.off(signal, listener);
      process.on(signal, listener);
    });
  }
}

/**
 * Makes a bug end the app, as it ends Node: the state of the app is unknown afterwards, and everything acknowledged is on
 * disk. Electron would show a dialog for an exception and continue, and only warn of an unhandled rejection.
 */
export function endOnFaults(crashed: (fault: Error) => void): void {
  process.on('unhandledRejection', (reason) => {
    // Rethrown, so that it is logged like an exception.
    throw reason instanceof Error ? reason : new Error('something other than an error was thrown');
  });
  process.on('uncaughtException', crashed);
}
