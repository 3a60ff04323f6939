import type { ExportId } from '../../contract/ids.ts';
import type { Clock } from '../lib/clock.ts';
import type { Disposable } from '../lib/disposable.ts';

const FIRST_RETRY_MS = 5000;
const LAST_RETRY_MS = 300_000;

interface Timers {
  due: Disposable | null;
  retry: Disposable | null;
  failures: number;
}

/** When each export is written automatically: soon after a change, and again after a failure. */
export class WriteTimers implements Disposable {
  readonly #clock: Clock;
  readonly #write: (id: ExportId) => void;
  readonly #timers = new Map<ExportId, Timers>();
  #disposed = false;

  constructor(clock: Clock, write: (id: ExportId) => void) {
    this.#clock = clock;
    this.#write = write;
  }

  /** Writes after `delayMs`; changes until then need no write of their own. */
  schedule(id: ExportId, delayMs: number): void {
    const timers = this.#of(id);
    if (this.#disposed || timers.due !== null) return;
    timers.due = this.#clock.setTimeout(() => {
      this.#write(id);
    }, delayMs);
  }

  /** Writes again after 5 s, then twice that, up to 5 min. */
  scheduleRetry(id: ExportId): void {
    const timers = this.#of(id);
    if (this.#disposed) return;
    void timers.retry?.dispose();
    const delayMs = Math.min(FIRST_RETRY_MS * 2 ** timers.failures, LAST_RETRY_MS);
    timers.failures += 1;
    timers.retry = this.#clock.setTimeout(() => {
      this.#write(id);
    }, delayMs);
  }

  isDue(id: ExportId): boolean {
    return (this.#timers.get(id)?.due ?? null) !== null;
  }

  /** A write begins, so its timers are no longer needed. */
  writeStarted(id: ExportId): void {
    const timers = this.#of(id);
    void timers.due?.dispose();
    void timers.retry?.dispose();
    timers.due = null;
    timers.retry = null;
  }

  succeeded(id: ExportId): void {
    this.#of(id).failures = 0;
  }

  /** Starts the writes that are waiting after a change. */
  flush(): void {
    for (const id of [...this.#timers.keys()]) if (this.isDue(id)) this.#write(id);
  }

  forget(id: ExportId): void {
    this.writeStarted(id);
    this.#timers.delete(id);
  }

  dispose(): void {
    this.#disposed = true;
    for (const id of [...this.#timers.keys()]) this.forget(id);
  }

  #of(id: ExportId): Timers {
    let timers = this.#timers.get(id);
    if (timers === undefined) {
      timers = { due: null, retry: null, failures: 0 };
      this.#timers.set(id, timers);
    }
    return timers;
  }
}
