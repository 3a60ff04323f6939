import type { Clock } from '../../lib/clock.ts';
import type { Disposable } from '../../lib/disposable.ts';
import type { ConnectionView } from '../../../contract/connection.ts';
import type { ConnectionId } from '../../../contract/ids.ts';
import type { DesktopStateFile } from './desktop-state.ts';
import { expiryMark, expiryNotification, type DesktopNotification } from './notification-for.ts';

/** Days pass without any event. */
const LOOK_MS = 60 * 60_000;

export interface ExpiryNoticesParts {
  connections: () => Iterable<ConnectionView>;
  remembered: DesktopStateFile;
  /** Gives whether it was shown. */
  tell: (notification: DesktopNotification) => Promise<boolean>;
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
  /** Connections whose notification is on its way. */
  readonly #telling = new Set<ConnectionId>();
  #timer: Disposable | null = null;

  constructor(parts: ExpiryNoticesParts) {
    this.#parts = parts;
  }

  /** Looks now and every hour. */
  look(): void {
    const { connections, remembered, clock } = this.#parts;
    const now = clock.now();
    const told = remembered.get().expiryTold;
    const next: Record<string, number> = {};
    for (const connection of connections()) {
      const mark = expiryMark(connection, now);
      const before = told[connection.id] ?? Infinity;
      // While it passes through these it says nothing of its end; renewed, it begins anew.
      const keeps = mark !== null || PASSING.has(connection.status.state);
      if (keeps && before !== Infinity) next[connection.id] = before;
      if (mark !== null && mark < before) void this.#tell(connection, mark);
    }
    if (JSON.stringify(next) !== JSON.stringify(told)) remembered.set({ expiryTold: next });
    void this.#timer?.dispose();
    this.#timer = clock.setTimeout(() => {
      this.look();
    }, LOOK_MS);
  }

  /** Only what was shown counts as told; the rest is tried again. */
  async #tell(connection: ConnectionView, mark: number): Promise<void> {
    const { remembered, tell, clock } = this.#parts;
    const { id } = connection;
    const notification = expiryNotification(connection, clock.now());
    if (notification === null || this.#telling.has(id)) return;
    this.#telling.add(id);
    const told = await tell(notification).finally(() => this.#telling.delete(id));
    if (told) remembered.set({ expiryTold: { ...remembered.get().expiryTold, [id]: mark } });
  }

  dispose(): void {
    void this.#timer?.dispose();
  }
}
