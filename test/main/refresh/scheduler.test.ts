import { afterEach, describe, expect, it } from 'vitest';
import type { ConnectionId } from '../../../contract/ids.ts';
import type { KeychainStatus } from '../../../contract/status.ts';
import { Emitter } from '../../../main/lib/emitter.ts';
import { fail } from '../../../main/lib/result.ts';
import { dueAt } from '../../../main/refresh/due.ts';
import type { Scheduler } from '../../../main/refresh/ports.ts';
import { createScheduler } from '../../../main/refresh/scheduler.ts';
import { withDisk } from './full-disk.ts';
import { Rig } from './rig.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

class ScheduledRig extends Rig {
  readonly reconfigured = new Emitter<void>();
  readonly vaultStatus = new Emitter<KeychainStatus>();
  scheduler: Scheduler = this.schedule();

  schedule({ paused = false } = {}): Scheduler {
    this.scheduler = createScheduler({
      connections: this.store.connections,
      vault: { status: { state: 'ready' }, onStatus: this.vaultStatus.event },
      refresher: this.refresher,
      reconfigured: [this.reconfigured.event],
      clock: this.clock,
      logger: this.logger,
      paused,
    });
    return this.scheduler;
  }

  /** Minutes from now until the next refresh. */
  minutesTo(id: ConnectionId): number | null {
    const next = this.scheduler.nextRefreshAt(id);
    return next === null ? null : (next - this.clock.now()) / MINUTE;
  }
}

const rigs: ScheduledRig[] = [];
function scheduled(): ScheduledRig {
  const rig = new ScheduledRig();
  rigs.push(rig);
  return rig;
}

afterEach(async () => {
  for (const rig of rigs.splice(0)) {
    await rig.scheduler.dispose();
    expect(rig.clock.pendingTimers).toBe(0);
    expect(rig.server.violations).toEqual([]);
  }
});

describe('the scheduler', () => {
  it('refreshes when due and plans the next time', async () => {
    const rig = scheduled();
    const id = rig.connect();
    rig.scheduler.start();
    const due = dueAt(rig.record(id), rig.clock.now());
    expect(rig.scheduler.nextRefreshAt(id)).toBe(due);
    await rig.clock.advanceAsync(due - rig.clock.now() - 1);
    expect(rig.server.requests).toHaveLength(0);
    await rig.clock.advanceAsync(2 * SECOND);
    expect(rig.server.requests).toHaveLength(1);
    expect(rig.minutesTo(id)).toBeGreaterThan(50);
  });

  it('has planned the next time when the end of a refresh is told', async () => {
    const rig = scheduled();
    const id = rig.connect();
    rig.scheduler.start();
    const planned: (number | null)[] = [];
    rig.refresher.onChange(({ outcome }) => {
      if (outcome) planned.push(rig.minutesTo(id));
    });
    await rig.clock.advanceAsync(HOUR);
    expect(planned).toHaveLength(1);
    expect(planned[0]).toBeGreaterThan(50);
  });

  it('needs one timer for all connections, and none without any', () => {
    const rig = scheduled();
    rig.scheduler.start();
    expect(rig.clock.pendingTimers).toBe(0);
    for (let index = 0; index < 50; index += 1) rig.scheduler.changed(rig.connect(`acme ${index}`));
    expect(rig.clock.pendingTimers).toBe(1);
  });

  it('keeps every token alive through a day, without a refresh too many', async () => {
    const rig = scheduled();
    const ids = Array.from({ length: 10 }, (_, index) => rig.connect(`acme ${index}`));
    rig.scheduler.start();
    for (let minute = 0; minute < 24 * 60; minute += 5) {
      await rig.clock.advanceAsync(5 * MINUTE);
      for (const id of ids) expect(rig.record(id).expiresAt).toBeGreaterThan(rig.clock.now());
    }
    expect(rig.server.requests.length).toBeGreaterThanOrEqual(10 * 26);
    expect(rig.server.requests.length).toBeLessThanOrEqual(10 * 28);
  });

  it('sends a thousand that are due at once, four at a time', async () => {
    const rig = scheduled();
    for (let index = 0; index < 1000; index += 1) rig.connect(`acme ${index}`);
    rig.clock.advance(2 * HOUR);
    rig.scheduler.start();
    for (let turn = 0; turn < 500 && rig.server.requests.length < 1000; turn += 1)
      await rig.clock.advanceAsync(0);
    await rig.clock.advanceAsync(0);
    expect(rig.server.requests).toHaveLength(1000);
    expect(rig.server.mostInFlight).toBe(4);
  });

  it('notices after a sleep, at the latest 30 s after waking, or at once when told', async () => {
    for (const told of [false, true]) {
      const rig = scheduled();
      rig.connect();
      rig.scheduler.start();
      rig.clock.setNow(rig.clock.now() + 8 * HOUR);
      if (told) rig.scheduler.recheck();
      await rig.clock.advanceAsync(told ? 0 : 30 * SECOND);
      expect(rig.server.requests).toHaveLength(1);
    }
  });

  it('refreshes what was stamped by a clock that was an hour ahead', async () => {
    const rig = scheduled();
    rig.clock.setNow(rig.clock.now() + HOUR);
    const id = rig.connect();
    rig.scheduler.start();
    rig.clock.setNow(rig.clock.now() - HOUR);
    await rig.clock.advanceAsync(30 * SECOND);
    expect(rig.server.requests).toHaveLength(1);
    expect(rig.record(id).expiresAt).toBeLessThanOrEqual(rig.clock.now() + HOUR);
    await rig.clock.advanceAsync(10 * MINUTE);
    expect(rig.server.requests).toHaveLength(1);
  });

  it('tries again after failures, and at once when the network is back', async () => {
    const rig = scheduled();
    const id = rig.connect();
    rig.server.always = { kind: 'refused' };
    rig.scheduler.start();
    await rig.clock.advanceAsync(5 * HOUR + 5 * MINUTE);
    const tries = rig.server.requests.length;
    expect(tries).toBeGreaterThan(8);
    expect(tries).toBeLessThan(20);
    expect(rig.minutesTo(id)).toBeGreaterThan(1);
    rig.server.always = null;
    rig.scheduler.recheck();
    await rig.clock.advanceAsync(0);
    expect(rig.record(id).condition).toEqual({ kind: 'ok' });
    expect(rig.events(id)).toEqual(['refresh.offline', 'refresh.recovered']);
  });

  it('keeps a token of 30 seconds alive through a hiccup', async () => {
    const rig = scheduled();
    rig.server.lifeSeconds = 30;
    const id = rig.connect();
    rig.scheduler.start();
    for (let round = 0; round < 20; round += 1) {
      rig.server.faults.push({ kind: 'answer', status: 503, body: '{"error":"server_error"}' });
      for (let second = 0; second < 30; second += 1) {
        await rig.clock.advanceAsync(SECOND);
        expect(rig.record(id).expiresAt).toBeGreaterThan(rig.clock.now());
      }
    }
  });

  it('does not go back sooner to a provider that asked to be left alone', async () => {
    const rig = scheduled();
    rig.connect();
    rig.clock.advance(2 * HOUR);
    rig.server.faults.push({ kind: 'answer', status: 429, body: '{}', headers: { 'retry-after': '900' } });
    rig.scheduler.start();
    await rig.clock.advanceAsync(5 * MINUTE);
    rig.scheduler.recheck();
    await rig.clock.advanceAsync(9 * MINUTE);
    expect(rig.server.requests).toHaveLength(1);
    await rig.clock.advanceAsync(2 * MINUTE);
    expect(rig.server.requests).toHaveLength(2);
  });

  const withoutEnd = async (rig: ScheduledRig): Promise<ConnectionId> => {
    rig.server.always = { kind: 'members', members: { expires_in: undefined } };
    const id = rig.connect('endless', (tokens) => ({ ...tokens, expiresAt: null }));
    rig.scheduler.start();
    await rig.clock.advanceAsync(5 * MINUTE);
    expect(rig.server.requests).toHaveLength(0);
    return id;
  };

  it('renews a token of unknown life after every wake, once, and every hour', async () => {
    const rig = scheduled();
    await withoutEnd(rig);
    rig.scheduler.recheck();
    await rig.clock.advanceAsync(0);
    expect(rig.server.requests).toHaveLength(0);
    for (let wake = 1; wake <= 3; wake += 1) {
      rig.scheduler.wake();
      await rig.clock.advanceAsync(SECOND);
      rig.scheduler.wake();
      await rig.clock.advanceAsync(5 * MINUTE);
      expect(rig.server.requests).toHaveLength(wake);
    }
    await rig.clock.advanceAsync(55 * MINUTE);
    expect(rig.server.requests).toHaveLength(4);
  });

  it('notices a wake that nobody reports by a look that comes too late', async () => {
    const rig = scheduled();
    const endless = await withoutEnd(rig);
    const known = rig.connect('known');
    rig.scheduler.changed(known);
    rig.clock.setNow(rig.clock.now() + 10 * MINUTE);
    await rig.clock.advanceAsync(30 * SECOND);
    expect(rig.server.requests).toHaveLength(1);
    expect(rig.record(endless).lastRefreshAt).not.toBeNull();
    expect(rig.record(known).lastRefreshAt).toBeNull();
  });

  it('replays a lost answer promptly', async () => {
    const rig = scheduled();
    const id = rig.connect();
    rig.clock.advance(HOUR);
    rig.server.faults.push({ kind: 'lost' });
    rig.scheduler.start();
    await rig.clock.advanceAsync(3 * SECOND);
    expect(rig.server.requests).toHaveLength(2);
    expect(rig.record(id).condition).toEqual({ kind: 'ok' });
  });

  it('waits for the end of the reuse window once a replay brought nothing, whatever wakes it', async () => {
    const rig = scheduled();
    const id = rig.connect();
    rig.clock.advance(HOUR);
    rig.server.faults.push({ kind: 'lost' }, { kind: 'lost' });
    rig.scheduler.start();
    await rig.clock.advanceAsync(3 * SECOND);
    for (let minute = 0; minute < 9; minute += 1) {
      rig.scheduler.recheck();
      rig.vaultStatus.emit({ state: 'ready' });
      await rig.clock.advanceAsync(MINUTE);
    }
    await rig.scheduler.dispose();
    rig.start();
    rig.schedule().start();
    await rig.clock.advanceAsync(50 * SECOND);
    expect(rig.server.requests).toHaveLength(2);
    await rig.clock.advanceAsync(20 * SECOND);
    expect(rig.server.requests).toHaveLength(3);
    expect(rig.record(id).condition).toEqual({ kind: 'ok' });
  });

  it('replays at the start what a crash left open, long before it is due', async () => {
    const rig = scheduled();
    const id = rig.connect();
    const { refreshToken } = rig.tokens(id);
    rig.server.faults.push({ kind: 'lost' });
    await rig.refresher.refresh(id);
    rig.store.connections.update(id, { condition: { kind: 'ok' } });
    rig.start();
    rig.schedule().start();
    await rig.clock.advanceAsync(0);
    expect(rig.server.requests.map((request) => request.get('refresh_token'))).toEqual([
      refreshToken,
      refreshToken,
    ]);
    expect(rig.record(id).condition).toEqual({ kind: 'ok' });
  });

  it('plans anew when a connection changes', async () => {
    const rig = scheduled();
    rig.scheduler.start();
    const id = rig.connect();
    expect(rig.minutesTo(id)).toBeNull();
    rig.scheduler.changed(id);
    expect(rig.minutesTo(id)).toBeGreaterThan(50);
    rig.store.connections.update(id, { pausedAt: rig.clock.now() });
    rig.scheduler.changed(id);
    expect(rig.minutesTo(id)).toBeNull();
    rig.server.faults.push({ kind: 'refused' });
    await rig.refresher.refresh(id);
    expect(rig.minutesTo(id)).toBeNull();
    rig.store.connections.remove(id);
    rig.scheduler.changed(id);
    expect(rig.clock.pendingTimers).toBe(0);
  });

  it('plans anew after a refresh that somebody asked for', async () => {
    const rig = scheduled();
    const id = rig.connect();
    rig.scheduler.start();
    rig.clock.advance(30 * MINUTE);
    await rig.refresher.refresh(id);
    expect(rig.minutesTo(id)).toBeGreaterThan(50);
  });

  it('does nothing while paused, and catches up after', async () => {
    const rig = scheduled();
    const id = rig.connect();
    rig.schedule({ paused: true }).start();
    await rig.clock.advanceAsync(3 * HOUR);
    expect(rig.minutesTo(id)).toBeNull();
    expect(rig.server.requests).toHaveLength(0);
    expect(rig.clock.pendingTimers).toBe(0);
    rig.scheduler.setPaused(false);
    await rig.clock.advanceAsync(0);
    expect(rig.server.requests).toHaveLength(1);
    rig.scheduler.setPaused(true);
    await rig.clock.advanceAsync(3 * HOUR);
    expect(rig.server.requests).toHaveLength(1);
  });

  it('leaves what is gone or misconfigured alone, until the registration changes', async () => {
    const rig = scheduled();
    const gone = rig.connect('gone');
    const wrong = rig.connect('wrong');
    rig.scheduler.start();
    rig.store.connections.update(gone, { condition: { kind: 'gone', since: 0, reason: '' } });
    rig.store.connections.update(wrong, { condition: { kind: 'misconfigured', since: 0, reason: '' } });
    rig.scheduler.changed(gone);
    rig.scheduler.changed(wrong);
    await rig.clock.advanceAsync(3 * HOUR);
    expect(rig.server.requests).toHaveLength(0);
    rig.reconfigured.emit();
    await rig.clock.advanceAsync(0);
    expect(rig.server.requests).toHaveLength(1);
    expect(rig.record(wrong).condition).toEqual({ kind: 'ok' });
    expect(rig.record(gone).condition.kind).toBe('gone');
  });

  it.each([
    // What was not stored counts as a lost answer, which is asked for again once.
    { kind: 'gone', error: 'invalid_grant', least: 2, most: 3 },
    { kind: 'misconfigured', error: 'access_denied', least: 5, most: 15 },
  ])('asks now and then, not in a circle, while $kind cannot be stored', async (tested) => {
    const { kind, error, least, most } = tested;
    const rig = scheduled();
    const id = rig.connect();
    const disk = withDisk(rig.store, ['update']);
    disk.full(true);
    rig.start(disk.store);
    rig.server.always = { kind: 'answer', status: 400, body: JSON.stringify({ error }) };
    rig.clock.advance(2 * HOUR);
    rig.schedule().start();
    await rig.clock.advanceAsync(10 * MINUTE);
    expect(rig.server.requests.length).toBeGreaterThanOrEqual(least);
    expect(rig.server.requests.length).toBeLessThanOrEqual(most);
    disk.full(false);
    await rig.clock.advanceAsync(31 * MINUTE);
    expect(rig.record(id).condition.kind).toBe(kind);
    expect(rig.minutesTo(id)).toBeNull();
  });

  it('tries now and then while the keychain is locked, and at once when it opens', async () => {
    const rig = scheduled();
    const id = rig.connect();
    const { tokensToRenew } = rig.store.connections;
    let asked = 0;
    rig.store.connections.tokensToRenew = () => {
      asked += 1;
      return fail('keychain-locked', 'The keychain is locked.');
    };
    rig.clock.advance(2 * HOUR);
    rig.scheduler.start();
    await rig.clock.advanceAsync(10 * MINUTE);
    expect(asked).toBeGreaterThan(5);
    expect(asked).toBeLessThan(15);
    expect(rig.logged).toEqual([{ level: 'warn', event: 'refresh.not-possible' }]);
    rig.store.connections.tokensToRenew = tokensToRenew.bind(rig.store.connections);
    rig.vaultStatus.emit({ state: 'ready' });
    await rig.clock.advanceAsync(0);
    expect(rig.record(id).condition).toEqual({ kind: 'ok' });
    expect(rig.server.requests).toHaveLength(1);
  });

  it('outlives a bug in a refresh', async () => {
    const rig = scheduled();
    rig.connect();
    const { tokensToRenew } = rig.store.connections;
    rig.store.connections.tokensToRenew = () => {
      throw new Error('a bug');
    };
    rig.clock.advance(2 * HOUR);
    rig.scheduler.start();
    await rig.clock.advanceAsync(SECOND);
    rig.store.connections.tokensToRenew = tokensToRenew.bind(rig.store.connections);
    await rig.clock.advanceAsync(MINUTE);
    expect(rig.server.requests).toHaveLength(1);
    expect(rig.logged).toEqual([{ level: 'error', event: 'refresh.fault' }]);
  });

  it('does nothing after it was ended', async () => {
    const rig = scheduled();
    rig.connect();
    rig.scheduler.start();
    await rig.scheduler.dispose();
    await rig.clock.advanceAsync(3 * HOUR);
    rig.reconfigured.emit();
    rig.scheduler.recheck();
    expect(rig.server.requests).toHaveLength(0);
  });
});
