import type { ConnectionId, ProviderId } from '../../contract/ids.ts';
import type { Clock } from '../lib/clock.ts';
import { DisposableStack, disposable, type Disposable } from '../lib/disposable.ts';
import { fail, ok, type Result } from '../lib/result.ts';
import { foldName } from '../store/fold-name.ts';
import type { ConnectionStore } from '../store/ports.ts';
import { KEEP_REMOVED_MS } from '../store/removed-connections.ts';
import type { ConnectionRecord } from '../store/records.ts';
import { freeName } from './name.ts';

/** The disk may be full; the next start deletes it in any case. */
const PURGE_AGAIN_MS = 5000;

/** A damaged row keeps its name reserved; this many numbered names are tried. */
const NAME_TRIES = 20;

/** Another connection was made the active one. */
interface Use {
  provider: ProviderId;
  before: ConnectionId;
  after: ConnectionId;
  untilMonotonicMs: number;
  /** Which removals could be undone then: they are older. */
  removals: ReadonlySet<ConnectionId>;
}

/** What was done a moment ago and can be undone. Times are measured by the monotonic clock: the wall clock may jump. */
export interface Undo extends Disposable {
  /** From now on this one, which was set aside, can be put back for a while; then it is purged. Until when, epoch ms. */
  removed(id: ConnectionId): number;
  used(use: Pick<Use, 'provider' | 'before' | 'after'>): void;
  /** The newest thing to undo that still can be: a removed connection, or which one was active before. */
  latest(): { kind: 'remove'; id: ConnectionId } | { kind: 'use'; before: ConnectionId } | null;
  /** Puts one back under its name, or with a number if another has that by now. */
  putBack(id: ConnectionId): Result<ConnectionRecord>;
}

export const tooLate = (): Result<never> =>
  fail(
    'not-found',
    'There is nothing to undo.',
    `Undo works for ${KEEP_REMOVED_MS / 1000} seconds. What was removed is gone then: connect the account again.`,
  );

export function createUndo({
  connections,
  clock,
  onPurged,
}: {
  connections: ConnectionStore;
  clock: Clock;
  onPurged: (id: ConnectionId) => void;
}): Undo {
  const kept = new Map<ConnectionId, { untilMonotonicMs: number; timer: Disposable }>();
  /** Oldest first. */
  let uses: Use[] = [];

  function keep(id: ConnectionId, forMs: number): void {
    const timer = clock.setTimeout(() => {
      purge(id);
    }, forMs);
    kept.set(id, { untilMonotonicMs: clock.monotonicMs() + forMs, timer });
  }

  function purge(id: ConnectionId): void {
    kept.delete(id);
    if (connections.purge(id).ok) onPurged(id);
    else if (connections.removed().some(({ record }) => record.id === id)) {
      const timer = clock.setTimeout(() => {
        purge(id);
      }, PURGE_AGAIN_MS);
      kept.set(id, { untilMonotonicMs: Number.NEGATIVE_INFINITY, timer });
    }
  }

  const isOver = (untilMonotonicMs: number): boolean => clock.monotonicMs() >= untilMonotonicMs;
  const canBePutBack = (id: ConnectionId): boolean => !isOver(kept.get(id)?.untilMonotonicMs ?? 0);

  // The store has deleted at its start what is too old by the wall clock.
  for (const { record, removedAt } of connections.removed())
    keep(record.id, Math.max(0, Math.min(KEEP_REMOVED_MS, removedAt + KEEP_REMOVED_MS - clock.now())));

  const timers = new DisposableStack();
  timers.add(
    disposable(() => {
      for (const [id, { timer }] of kept) {
        void timer.dispose();
        // There may be no next start. After a crash there is, and it decides.
        connections.purge(id);
      }
    }),
  );

  return {
    removed(id) {
      keep(id, KEEP_REMOVED_MS);
      return clock.now() + KEEP_REMOVED_MS;
    },
    used(use) {
      const last = uses.at(-1);
      // Back to the one before, as an undo: whatever was done before that is the next to undo.
      if (last?.before === use.after && last.after === use.before) uses.pop();
      else {
        const untilMonotonicMs = clock.monotonicMs() + KEEP_REMOVED_MS;
        uses = uses.filter((each) => !isOver(each.untilMonotonicMs));
        uses.push({ ...use, untilMonotonicMs, removals: new Set(kept.keys()) });
      }
    },
    latest() {
      const removed = [...kept.keys()].filter(canBePutBack).at(-1);
      const use = uses.at(-1);
      const holds =
        use !== undefined &&
        !isOver(use.untilMonotonicMs) &&
        connections.active(use.provider) === use.after &&
        connections.get(use.before) !== null;
      if (holds && (removed === undefined || use.removals.has(removed)))
        return { kind: 'use', before: use.before };
      return removed === undefined ? null : { kind: 'remove', id: removed };
    },
    putBack(id) {
      const removed = connections.removed().find(({ record }) => record.id === id);
      if (removed === undefined || !canBePutBack(id)) return tooLate();
      const taken = new Set(connections.list().map(({ name }) => foldName(name)));
      for (let tries = 1; ; tries += 1) {
        const name = freeName(removed.record.name, (candidate) => !taken.has(foldName(candidate)));
        const back = connections.putBack(id, name);
        if (!back.ok && back.error.code === 'conflict' && tries < NAME_TRIES) {
          taken.add(foldName(name));
          continue;
        }
        if (!back.ok) return back;
        void kept.get(id)?.timer.dispose();
        kept.delete(id);
        return ok(back.value);
      }
    },
    dispose: () => timers.dispose(),
  };
}
