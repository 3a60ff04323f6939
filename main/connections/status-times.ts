import type { ConnectionId } from '../../contract/ids.ts';
import type { Clock } from '../lib/clock.ts';
import type { Disposable } from '../lib/disposable.ts';
import { DueQueue, type Due } from '../refresh/due-queue.ts';
import type { ConnectionStore } from '../store/ports.ts';
import { nextStatusChange } from './status.ts';

/** Timers stop while the machine sleeps and ignore clock changes, so the time is read at least this often. */
const LONGEST_TIMER_MS = 30_000;

export interface StatusTimesOptions {
  connections: Pick<ConnectionStore, 'list' | 'get'>;
  clock: Clock;
  /** Time alone has changed a connection's state; `changed` is called then too. */
  onDue: (id: ConnectionId) => void;
}

/** Reports status changes caused by time alone, with one timer; none while no change is due. */
export class StatusTimes implements Disposable {
  readonly #options: StatusTimesOptions;
  readonly #queue = new DueQueue<ConnectionId>();
  #timer: Disposable | null = null;

  constructor(options: StatusTimesOptions) {
    this.#options = options;
    const { connections, clock } = options;
    const entries: Due<ConnectionId>[] = [];
    for (const record of connections.list()) {
      const due = nextStatusChange(record, clock.now());
      if (due !== null) entries.push({ key: record.id, due });
    }
    this.#queue.fill(entries);
    this.#setTimer();
  }

  /** A connection was added, changed or removed. */
  changed(id: ConnectionId): void {
    const { connections, clock } = this.#options;
    const record = connections.get(id);
    const due = record === null ? null : nextStatusChange(record, clock.now());
    if (due === null) this.#queue.delete(id);
    else this.#queue.set(id, due);
    this.#setTimer();
  }

  dispose(): void {
    void this.#timer?.dispose();
  }

  #tick(): void {
    const { clock, onDue } = this.#options;
    const now = clock.now();
    for (let id = this.#queue.takeDue(now); id !== null; id = this.#queue.takeDue(now)) onDue(id);
    this.#setTimer();
  }

  #setTimer(): void {
    void this.#timer?.dispose();
    const due = this.#queue.nextDue();
    if (due === null) {
      this.#timer = null;
      return;
    }
    const { clock } = this.#options;
    const delayMs = Math.min(Math.max(due - clock.now(), 0), LONGEST_TIMER_MS);
    this.#timer = clock.setTimeout(() => {
      this.#tick();
    }, delayMs);
  }
}
