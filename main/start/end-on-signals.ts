import { constants } from 'node:os';
import process from 'node:process';
import type { Clock } from '../lib/clock.ts';
import { disposable, DisposableStack, type Disposable } from '../lib/disposable.ts';
import { END_SIGNALS, endSignal } from './end-signal.ts';

/** Whether the app is shutting down, and since when. */
export class Ending {
  readonly #clock: Clock;
  #since: number | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Null while the app is running. */
  get forMs(): number | null {
    return this.#since === null ? null : this.#clock.monotonicMs() - this.#since;
  }

  /** Returns whether this is the first call. */
  begin(): boolean {
    if (this.#since !== null) return false;
    this.#since = this.#clock.monotonicMs();
    return true;
  }
}

/**
 * Ends the app on a signal: gracefully first, immediately on a second one. On Windows only console events arrive at all.
 * `ready`: while Electron starts, Chromium replaces Node's signal handlers with its own, each of which handles one signal
 * only; so the listeners are set again once it is ready. Until the result is disposed of.
 */
export function endOnSignals(parts: {
  ending: Ending;
  /** Begins `ending`; returns immediately. */
  shutDown: () => void;
  exitNow: (code: number) => void;
  print: (line: string) => void;
  ready?: Promise<unknown>;
}): Disposable {
  const { ending, shutDown, exitNow, print, ready } = parts;
  const listening = new DisposableStack();
  for (const signal of END_SIGNALS) {
    const listener = (): void => {
      const response = endSignal(signal, ending.forMs);
      if (response === 'graceful') shutDown();
      if (response !== 'immediate') return;
      print('Tokentray is ending immediately. Anything in progress is resumed at the next start.');
      exitNow(128 + constants.signals[signal]);
    };
    process.on(signal, listener);
    listening.add(disposable(() => void process.off(signal, listener)));
    void ready?.then(() => {
      process.off(signal, listener);
      process.on(signal, listener);
    });
  }
  return listening;
}
