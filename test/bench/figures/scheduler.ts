import { type ConnectionId } from '../../../contract/ids.ts';
import { systemClock, type Clock } from '../../../main/lib/clock.ts';
import { disposable } from '../../../main/lib/disposable.ts';
import { Emitter } from '../../../main/lib/emitter.ts';
import { silentLogger } from '../../../main/lib/log.ts';
import { createScheduler } from '../../../main/refresh/scheduler.ts';
import type { ConnectionRecord } from '../../../main/store/records.ts';
import { sampleConnection } from '../../fakes/sample-connection.ts';
import { againstFloor, againstLimit, type Bench } from '../figure.ts';
import { interleavedMedians } from '../statistics.ts';

const CONNECTIONS = 100_000;
const ROUNDS = 9;

function records(): ConnectionRecord[] {
  const now = Date.now();
  const base = sampleConnection();
  return Array.from({ length: CONNECTIONS }, (_, index) => ({
    ...base,
    id: crypto.randomUUID() as ConnectionId,
    renewal: 'refresh-token',
    obtainedAt: now,
    expiresAt: now + 3_600_000 + ((index * 7919) % 1_000_000),
    lastRefreshAt: null,
    generation: 1,
    condition: { kind: 'ok' },
    pausedAt: null,
  }));
}

/** The real clock, and how many of its timers run. */
function countingClock(): Clock & { running: number } {
  const clock = {
    ...systemClock,
    running: 0,
    setTimeout: (callback: () => void, delayMs: number) => {
      clock.running += 1;
      const timer = systemClock.setTimeout(callback, delayMs);
      return disposable(() => {
        clock.running -= 1;
        void timer.dispose();
      });
    },
  };
  return clock;
}

export const scheduler: Bench = {
  id: 'scheduler',
  run: async () => {
    const all = records();
    const byId = new Map(all.map((record) => [record.id, record]));
    let timers = 0;
    const build = async (): Promise<number> => {
      const clock = countingClock();
      globalThis.gc?.();
      const started = performance.now();
      const built = createScheduler({
        connections: { list: () => all, get: (id) => byId.get(id) ?? null, attempt: () => null },
        vault: { status: { state: 'ready' }, onStatus: new Emitter<never>().event },
        refresher: {
          refresh: () => Promise.reject(new Error('nothing is due')),
          onChange: new Emitter<never>().event,
        },
        reconfigured: [],
        clock,
        logger: silentLogger,
        paused: false,
      });
      built.start();
      const elapsed = performance.now() - started;
      timers = Math.max(timers, clock.running);
      await built.dispose();
      return elapsed;
    };
    const eachItsTimer = (): number => {
      const nothing = (): void => undefined;
      globalThis.gc?.();
      const started = performance.now();
      const now = Date.now();
      const handles = all.map(({ expiresAt }) => setTimeout(nothing, (expiresAt ?? now) - now));
      const elapsed = performance.now() - started;
      for (const handle of handles) clearTimeout(handle);
      return elapsed;
    };
    const [floor, figure] = await interleavedMedians(ROUNDS, [eachItsTimer, build]);
    return [
      againstFloor({
        name: 'scheduler of 100,000 connections, build',
        unit: 'ms',
        floorOf: 'one setTimeout each',
        floor,
        figure,
        limit: 0.5,
      }),
      againstLimit({ name: 'scheduler of 100,000 connections, timers', unit: '', figure: timers, limit: 1 }),
    ];
  },
};
