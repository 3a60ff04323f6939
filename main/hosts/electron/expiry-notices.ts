import type { Clock } from '../../lib/clock.ts';
import type { Disposable } from '../../lib/disposable.ts';
import type { ConnectionView } from '../../../contract/connection.ts';
import type { ConnectionId } from '../../../contract/ids.ts';
import type { DesktopStateFile } from './desktop-state.ts';
import { expiryMark, expiryNotification, type DesktopNotification } from './notification-for.ts';

/** There may be no event for days. */
const CHECK_INTERVAL_MS = 60 * 60_000;

export interface ExpiryNoticesParts {
  connections: () => Iterable<ConnectionView>;
  remembered: DesktopStateFile;
  /** True if it was shown. */
  notify: (notification: DesktopNotification) => Promise<boolean>;
  clock: Clock;
}

const TEMPORARY_STATES: ReadonlySet<ConnectionView['status']['state']> = new Set([
  'connecting',
  'refreshing',
  'paused',
]);

/** Notifies about tokens that expire and cannot be renewed: once at seven days and once at one day, across restarts too. */
export class ExpiryNotices implements Disposable {
  readonly #parts: ExpiryNoticesParts;
  /** Connections whose notification is in progress. */
  readonly #notifying = new Set<ConnectionId>();
  #timer: Disposable | null = null;

  constructor(parts: ExpiryNoticesParts) {
    this.#parts = parts;
  }

  /** Checks now and every hour. */
  check(): void {
    const { connections, remembered, clock } = this.#parts;
    const now = clock.now();
    const notified = remembered.get().expiryTold;
    const next: Record<string, number> = {};
    for (const connection of connections()) {
      const mark = expiryMark(connection, now);
      const before = notified[connection.id] ?? Infinity;
      // A temporary state does not report the expiry, so the mark is kept; once renewed, it starts over.
      const keepsMark = mark !== null || TEMPORARY_STATES.has(connection.status.state);
      if (keepsMark && before !== Infinity) next[connection.id] = before;
      if (mark !== null && mark < before) void this.#notify(connection, mark);
    }
    if (JSON.stringify(next) !== JSON.stringify(notified)) remembered.set({ expiryTold: next });
    void this.#timer?.dispose();
    this.#timer = clock.setTimeout(() => {
      this.check();
    }, CHECK_INTERVAL_MS);
  }

  /** Records only what was shown; the rest is tried again. */
  async #notify(connection: ConnectionView, mark: number): Promise<void> {
    const { remembered, notify, clock } = this.#parts;
    const { id } = connection;
    const notification = expiryNotification(connection, clock.now());
    if (notification === null || this.#notifying.has(id)) return;
    this.#notifying.add(id);
    const shown = await notify(notification).finally(() => this.#notifying.delete(id));
    if (shown) remembered.set({ expiryTold: { ...remembered.get().expiryTold, [id]: mark } });
  }

  dispose(): void {
    void this.#timer?.dispose();
  }
}
