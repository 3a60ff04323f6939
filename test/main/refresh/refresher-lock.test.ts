// A refresh token may work once: locking must not come between a request and the storing of its answer.
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { KeychainStatus } from '../../../contract/status.ts';
import { Emitter } from '../../../main/lib/emitter.ts';
import { fail } from '../../../main/lib/result.ts';
import type { Scheduler } from '../../../main/refresh/ports.ts';
import { createScheduler } from '../../../main/refresh/scheduler.ts';
import type { Store } from '../../../main/store/ports.ts';
import { Rig } from './rig.ts';

const HOUR = 3_600_000;
const LOCKED = fail('locked', 'Locked.').error;

let rig: Rig;
let scheduler: Scheduler;
let status: KeychainStatus;
const changes = new Emitter<KeychainStatus>();

/** The status of the vault alone: that the key stays for the refresher is tested where the key is. */
function lock(refreshing: boolean): void {
  status = { state: 'locked', since: '2026-11-22T09:30:00.000Z', by: 'person', refreshing };
  changes.emit(status);
}
function unlock(): void {
  status = { state: 'ready' };
  changes.emit(status);
}

beforeEach(() => {
  rig = new Rig();
  status = { state: 'ready' };
  const vault = {
    get status() {
      return status;
    },
    get failure() {
      return status.state === 'locked' ? LOCKED : null;
    },
    onStatus: changes.event,
  } as Store['vault'];
  rig.start({ ...rig.store, vault });
  scheduler = createScheduler({
    connections: rig.store.connections,
    vault,
    refresher: rig.refresher,
    reconfigured: [],
    clock: rig.clock,
    logger: rig.logger,
    paused: false,
  });
});
afterEach(async () => {
  await scheduler.dispose();
  expect(rig.server.violations).toEqual([]);
});

it('stores the answer to a request that was under way, and begins no other', async () => {
  const first = rig.connect('first');
  const release = rig.hold();
  const underWay = rig.refresher.refresh(first);
  await rig.clock.advanceAsync(0);
  lock(false);
  const second = rig.connect('second');
  expect(await rig.refresher.refresh(second)).toMatchObject({ error: { code: 'locked' } });
  let isIdle = false;
  const idle = rig.refresher.idle().then(() => (isIdle = true));
  await rig.clock.advanceAsync(0);
  expect(isIdle).toBe(false);
  const { refreshToken: before } = rig.tokens(first);
  release();
  await underWay;
  await idle;
  expect(rig.tokens(first).refreshToken).not.toBe(before);
  expect(rig.server.requests).toHaveLength(1);
});

it('gives no token while it is locked, even where refreshing goes on', async () => {
  const id = rig.connect();
  lock(true);
  expect(await rig.refresher.freshTokens(id, 0)).toMatchObject({ error: { code: 'locked' } });
  expect(await rig.refresher.refresh(id)).toMatchObject({ value: { kind: 'refreshed' } });
});

it('refreshes nothing while it is locked, sets no timer, marks nothing, and goes on when it is unlocked', async () => {
  const id = rig.connect();
  scheduler.start();
  lock(false);
  expect(scheduler.nextRefreshAt(id)).toBeNull();
  expect(rig.clock.pendingTimers).toBe(0);
  await rig.clock.advanceAsync(3 * HOUR);
  expect(rig.server.requests).toEqual([]);
  expect(rig.record(id).condition).toEqual({ kind: 'ok' });
  expect(rig.refresher.trouble(id)).toBeNull();
  unlock();
  await rig.clock.advanceAsync(0);
  expect(rig.server.requests).toHaveLength(1);
  expect(rig.record(id).condition).toEqual({ kind: 'ok' });
});

it('goes on refreshing while it is locked if the person wants that', async () => {
  const id = rig.connect();
  scheduler.start();
  lock(true);
  await rig.clock.advanceAsync(HOUR);
  expect(rig.server.requests.length).toBeGreaterThan(0);
  expect(rig.record(id).condition).toEqual({ kind: 'ok' });
});
