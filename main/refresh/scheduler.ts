import type { ErrorCode } from '../../contract/errors.ts';
import type { ConnectionId } from '../../contract/ids.ts';
import type { Clock } from '../lib/clock.ts';
import { DisposableStack, type Disposable } from '../lib/disposable.ts';
import type { Event } from '../lib/emitter.ts';
import type { Logger } from '../lib/log.ts';
import type { ConnectionStore, Vault } from '../store/ports.ts';
import type { ConnectionRecord } from '../store/records.ts';
import { DueQueue, type Due } from './due-queue.ts';
import { isUnsureAfterWake, nextRefresh } from './due.ts';
import type { Refresher, RefreshOutcome, Scheduler } from './ports.ts';

export interface SchedulerOptions {
  connections: Pick<ConnectionStore, 'list' | 'get' | 'attempt'>;
  vault: Pick<Vault, 'status' | 'onStatus'>;
  refresher: Pick<Refresher, 'refresh' | 'onChange'>;
  /** OAuth clients or provider definitions changed: what was misconfigured is worth another try. */
  reconfigured: readonly Event<void>[];
  clock: Clock;
  logger: Logger;
  paused: boolean;
}

/** Timers stop while the machine sleeps and ignore clock changes, so the time is read at least this often. */
const LONGEST_TIMER_MS = 30_000;

/** A timer that fires this late means that the machine slept, or that its clock was set forward. */
const SLEPT_MS = 60_000;

/** Smaller steps back are the clock's own corrections. */
const CLOCK_TOLERANCE_MS = 1000;

/** When a refresh could not even be tried, or how it ended could not be stored: keychain locked, disk full. */
const NOT_POSSIBLE_DELAY_MS = 60_000;

/** After these failures a connection is not tried again automatically. */
const OVER: ReadonlySet<ErrorCode> = new Set(['not-found', 'cancelled', 'unsupported']);

export function createScheduler(options: SchedulerOptions): Scheduler {
  const { connections, vault, refresher, reconfigured, clock, logger } = options;
  const queue = new DueQueue<ConnectionId>();
  /** Taken from the queue; put back when the refresh has ended. */
  const running = new Set<ConnectionId>();
  /** Until when a provider asked to be left alone, epoch ms. */
  const notBefore = new Map<ConnectionId, number>();
  const subscriptions = new DisposableStack();
  let paused = options.paused;
  let locked = isLocked(vault.status);
  let started = false;
  let timer: { at: number; handle: Disposable } | null = null;
  let lastNow = clock.now();

  function plan(id: ConnectionId, due: number | null): void {
    if (due === null || running.has(id)) queue.delete(id);
    else queue.set(id, due);
  }

  function planByRecord(id: ConnectionId): void {
    const record = connections.get(id);
    if (record === null) notBefore.delete(id);
    plan(id, record === null ? null : nextRefresh(record, clock.now()));
  }

  /** When a connection is due after a recheck: one that waits for the network or for a lost answer is due at once. */
  function dueOnRecheck(record: ConnectionRecord, now: number, woke: boolean): number | null {
    const due = nextRefresh(record, now);
    if (due === null || due <= now) return due;
    if (record.condition.kind === 'transient')
      return Math.min(due, Math.max(now, notBefore.get(record.id) ?? now));
    if (woke && isUnsureAfterWake(record, now)) return now;
    return connections.attempt(record.id) === null ? due : now;
  }

  /** `reconfigured`: what was misconfigured may work now. `woke`: the machine slept. */
  function recheckAll({
    reconfigured = false,
    woke = false,
  }: {
    reconfigured?: boolean;
    woke?: boolean;
  }): void {
    if (!started) return;
    const now = clock.now();
    const entries: Due<ConnectionId>[] = [];
    for (const record of connections.list()) {
      if (running.has(record.id)) continue;
      const retries = reconfigured && record.condition.kind === 'misconfigured' && record.pausedAt === null;
      const due = retries ? now : dueOnRecheck(record, now, woke);
      if (due !== null) entries.push({ key: record.id, due });
    }
    queue.fill(entries);
    tick();
  }

  const recheck = (): void => {
    recheckAll({});
  };
  const wake = (): void => {
    recheckAll({ woke: true });
  };

  /** Starts what is due, then sets the one timer. `planned`: when this should have been called at the latest. */
  function tick(planned = timer?.at ?? Infinity): void {
    const now = clock.now();
    const setBack = now < lastNow - CLOCK_TOLERANCE_MS;
    const slept = now > planned + SLEPT_MS;
    lastNow = now;
    if (setBack || slept) {
      clearTimer();
      recheckAll({ woke: slept });
      return;
    }
    if (!paused && !locked) {
      for (let id = queue.takeDue(now); id !== null; id = queue.takeDue(now)) void run(id);
    }
    setTimer(now);
  }

  function clearTimer(): void {
    void timer?.handle.dispose();
    timer = null;
  }

  function setTimer(now: number): void {
    const due = paused || locked || !started ? null : queue.nextDue();
    const at = due === null ? null : Math.min(Math.max(due, now), now + LONGEST_TIMER_MS);
    if (timer?.at === at) return;
    clearTimer();
    if (at === null) return;
    const handle = clock.setTimeout(() => {
      timer = null;
      tick(at);
    }, at - now);
    timer = { at, handle };
  }

  async function run(id: ConnectionId): Promise<void> {
    running.add(id);
    let due: number | null;
    try {
      const result = await refresher.refresh(id);
      if (result.ok) due = dueAfter(id, result.value);
      else {
        const over = OVER.has(result.error.code);
        due = over ? null : clock.now() + NOT_POSSIBLE_DELAY_MS;
      }
    } catch (fault) {
      logger.error('refresh.fault', { connection: id, fault: String(fault) });
      due = clock.now() + NOT_POSSIBLE_DELAY_MS;
    }
    if (running.has(id)) ended(id, due);
  }

  function ended(id: ConnectionId, due: number | null): void {
    running.delete(id);
    plan(id, due);
    setTimer(clock.now());
  }

  function dueAfter(id: ConnectionId, outcome: RefreshOutcome): number | null {
    notBefore.delete(id);
    const record = connections.get(id);
    const due = record === null ? null : nextRefresh(record, clock.now());
    if (due === null || outcome.kind === 'refreshed') return due;
    // The record shows the outcome by now, unless the store could not save it: then this must not become a tight loop.
    if (outcome.kind !== 'transient') return Math.max(due, clock.now() + NOT_POSSIBLE_DELAY_MS);
    if (outcome.askedToWait) notBefore.set(id, outcome.retryAt);
    return outcome.retryAt;
  }

  // Subscribed first, so that later listeners of the same event find the next refresh already planned.
  subscriptions.add(
    refresher.onChange(({ id, outcome }) => {
      if (outcome !== null) ended(id, dueAfter(id, outcome));
    }),
  );

  return {
    start() {
      if (started) return;
      started = true;
      subscriptions.add(
        vault.onStatus((status) => {
          locked = isLocked(status);
          if (status.state === 'ready') recheck();
          else setTimer(clock.now());
        }),
      );
      const retry = (): void => {
        recheckAll({ reconfigured: true });
      };
      for (const event of reconfigured) subscriptions.add(event(retry));
      // Also at the start: provider files may have been fixed while the app was not running.
      retry();
    },
    nextRefreshAt: (id) => (paused || locked ? null : queue.dueOf(id)),
    changed(id) {
      if (!started) return;
      planByRecord(id);
      tick();
    },
    recheck,
    wake,
    setPaused(next) {
      if (next === paused) return;
      paused = next;
      if (next) setTimer(clock.now());
      else recheck();
    },
    dispose() {
      started = false;
      clearTimer();
      return subscriptions.dispose();
    },
  };
}

/** Nothing can be refreshed, and nothing is tried, until a person unlocks. */
const isLocked = (status: Vault['status']): boolean => status.state === 'locked' && !status.refreshing;
