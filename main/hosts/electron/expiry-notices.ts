import type { Clock } from '../../lib/clock.ts';
import type { Disposable } from '../../lib/disposable.ts';
import type { ConnectionView } from '../../../contract/connection.ts';
import type { DesktopStateFile } from './desktop-state.ts';
import { expiryMark, expiryNotification, type DesktopNotification } from './notification-for.ts';

/** Days pass without any event. */
const LOOK_MS = 60 * 60_000;

export interface ExpiryNoticesParts {
  connections: () => Iterable<ConnectionView>;
  remembered: DesktopStateFile;
  tell: (notification: DesktopNotification) => boolean;
  clock: Clock;
}

const PASSING: ReadonlySet<ConnectionView['status']['state']> = new Set([
  'connecting',
  'refreshing',
  'paused',
]);

/** Tells of tokens that end and cannot be renewed, once at seven days and once at one, across restarts too. */
export class ExpiryNotices implements Disposable {
  readonly #parts: ExpiryNoticesParts;
  #timer: Disposable | null = null;

  constructor(parts: ExpiryNoticesParts) {
    this.#parts = parts;
  }

  /** Looks now and every hour. */
  look(): void {
    const { connections, remembered, tell, clock } = this.#parts;
    const now = clock.now();
    const told = remembered.get().expiryTold;
    const next: Record<string, number> = {};
    for (const connection of connections()) {
      const mark = expiryMark(connection, now);
      const before = told[connection.id] ?? Infinity;
      if (mark === null) {
        // In between it says nothing of its end; renewed, it begins anew.
        if (PASSING.has(connection.status.state) && before !== Infinity) next[connection.id] = before;
        continue;
      }
      const notification = mark < before ? expiryNotification(connection, now) : null;
      if (notification === null || tell(notification)) next[connection.id] = Math.min(mark, before);
      else if (before !== Infinity) next[connection.id] = before;
    }
    if (JSON.stringify(next) !== JSON.stringify(told)) remembered.set({ expiryTold: next });
    void this.#timer?.dispose();
    this.#timer = clock.setTimeout(() => {
      this.look();
    }, LOOK_MS);
  }

  dispose(): void {
    void this.#timer?.dispose();
  }
}
