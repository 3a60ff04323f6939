import { disposable, type Disposable } from './disposable.ts';

/** Time as a port: the wall clock may jump, the monotonic one never does. */
export interface Clock {
  /** Wall clock, epoch milliseconds. */
  now(): number;
  /** Milliseconds since some start; never goes back. */
  monotonicMs(): number;
  /** Calls once after `delayMs`; delays beyond what timers hold are clamped, so re-check the time when called. */
  setTimeout(callback: () => void, delayMs: number): Disposable;
}

/** Longer delays make Node's timers fire at once. */
export const MAX_TIMER_MS = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  // `performance` loads a module of its own, which the start would wait for.
  monotonicMs: () => Number(process.hrtime.bigint()) / 1e6,
  setTimeout: (callback, delayMs) => {
    const timer = setTimeout(callback, Math.min(Math.max(delayMs, 0), MAX_TIMER_MS));
    return disposable(() => {
      clearTimeout(timer);
    });
  },
};

/** ISO 8601 in UTC; epoch milliseconds outside what dates can hold are clamped. */
export const isoTime = (epochMs: number): string =>
  new Date(Math.min(Math.max(epochMs, -8.64e15), 8.64e15)).toISOString();
