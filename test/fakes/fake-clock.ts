import type { Clock } from '../../main/lib/clock.ts';
import { disposable, type Disposable } from '../../main/lib/disposable.ts';

interface Timer {
  dueMs: number;
  callback: () => void;
}

/** So many timers at one moment are a circle, which would never end. */
const MOST_AT_ONE_MOMENT = 10_000;

/** A clock that stands still until told. Timers run on the monotonic time, as real ones do. */
export class FakeClock implements Clock {
  #wallMs: number;
  #monotonicMs = 0;
  #firedAtThisMoment = 0;
  readonly #timers = new Set<Timer>();

  constructor(startMs = Date.UTC(2026, 10, 22, 9, 30)) {
    this.#wallMs = startMs;
  }

  now(): number {
    return this.#wallMs;
  }

  monotonicMs(): number {
    return this.#monotonicMs;
  }

  setTimeout(callback: () => void, delayMs: number): Disposable {
    const timer: Timer = { dueMs: this.#monotonicMs + Math.max(delayMs, 0), callback };
    this.#timers.add(timer);
    return disposable(() => void this.#timers.delete(timer));
  }

  /** Lets time pass; timers fire in the order they are due, also those set by a timer meanwhile. */
  advance(ms: number): void {
    const end = this.#monotonicMs + ms;
    for (let next = this.#next(end); next; next = this.#next(end)) {
      this.#fire(next);
    }
    this.#pass(end - this.#monotonicMs);
  }

  /** Like `advance`, letting promises settle before, between and after the timers. */
  async advanceAsync(ms: number): Promise<void> {
    const end = this.#monotonicMs + ms;
    await settle();
    for (let next = this.#next(end); next; next = this.#next(end)) {
      this.#fire(next);
      await settle();
    }
    this.#pass(end - this.#monotonicMs);
    await settle();
  }

  /** Makes the wall clock jump: a correction, or a machine that slept. No timer fires. */
  setNow(epochMs: number): void {
    this.#wallMs = epochMs;
  }

  /** How many timers wait: for tests that nothing was left running. */
  get pendingTimers(): number {
    return this.#timers.size;
  }

  #next(endMs: number): Timer | null {
    let first: Timer | null = null;
    for (const timer of this.#timers) {
      if (timer.dueMs <= endMs && (first === null || timer.dueMs < first.dueMs)) first = timer;
    }
    return first;
  }

  #fire(timer: Timer): void {
    this.#pass(Math.max(timer.dueMs - this.#monotonicMs, 0));
    this.#timers.delete(timer);
    this.#firedAtThisMoment += 1;
    if (this.#firedAtThisMoment > MOST_AT_ONE_MOMENT)
      throw new Error('Timers go in a circle, without any delay.');
    timer.callback();
  }

  #pass(ms: number): void {
    if (ms > 0) this.#firedAtThisMoment = 0;
    this.#monotonicMs += ms;
    this.#wallMs += ms;
  }
}

/** More than a refresh takes: two for the commit of its journal line where commits are shared, two for that of its new token. */
const TURNS = 8;

/** Lets everything that waits for nothing outside settle, commits that are shared within a turn of the loop too. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn += 1) {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
}
