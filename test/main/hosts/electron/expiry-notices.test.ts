import { beforeEach, describe, expect, it } from 'vitest';
import type { DesktopState } from '../../../../main/hosts/electron/desktop-state.ts';
import { ExpiryNotices } from '../../../../main/hosts/electron/expiry-notices.ts';
import type { DesktopNotification } from '../../../../main/hosts/electron/notification-for.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';
import { aConnection } from '../../../fakes/window-data.ts';
import { NOW, inHours } from './a-model.ts';

const DAY_MS = 24 * 3_600_000;

let clock: FakeClock;
let told: DesktopNotification[];
let state: DesktopState;
let silent: boolean;
let connections: ReturnType<typeof aConnection>[];

const start = (): ExpiryNotices => {
  const notices = new ExpiryNotices({
    connections: () => connections,
    remembered: { get: () => state, set: (patch) => void (state = { ...state, ...patch }) },
    notify: (notification) => {
      if (!silent) told.push(notification);
      return Promise.resolve(!silent);
    },
    clock,
  });
  notices.check();
  return notices;
};

beforeEach(() => {
  clock = new FakeClock(NOW);
  told = [];
  silent = false;
  state = { bounds: null, closingTold: false, expiryTold: {}, chosenIn: null };
  connections = [
    aConnection(1, NOW, { name: 'script', status: { state: 'expiring', expiresAt: inHours(7 * 24) } }),
  ];
});

describe('ExpiryNotices', () => {
  it('notifies at seven days and at one, once each', async () => {
    start();
    expect(told.map(({ title }) => title)).toEqual(['“script” expires in 7 days']);
    await clock.advanceAsync(5.5 * DAY_MS);
    expect(told).toHaveLength(1);
    await clock.advanceAsync(DAY_MS);
    expect(told.map(({ title }) => title).slice(1)).toEqual(['“script” expires within a day']);
    await clock.advanceAsync(DAY_MS);
    expect(told).toHaveLength(2);
  });

  it('remembers across a restart', async () => {
    start().dispose();
    await clock.advanceAsync(0);
    start();
    expect(told).toHaveLength(1);
  });

  it('notifies once while the system has not answered yet', async () => {
    const notices = start();
    notices.check();
    await clock.advanceAsync(0);
    expect(told).toHaveLength(1);
    expect(state.expiryTold).toEqual({ [connections[0]?.id ?? '']: 7 });
  });

  it('does not record what the system did not show', async () => {
    silent = true;
    start();
    await clock.advanceAsync(0);
    expect(state.expiryTold).toEqual({});
  });

  it('notifies later when it failed before', async () => {
    silent = true;
    start();
    silent = false;
    await clock.advanceAsync(3_600_000);
    expect(told).toHaveLength(1);
  });

  it('forgets what was replaced, so that there is a notification for the next expiry', async () => {
    start();
    const [expiring] = connections;
    connections = [aConnection(1, NOW)];
    await clock.advanceAsync(3_600_000);
    expect(state.expiryTold).toEqual({});
    connections = expiring === undefined ? [] : [expiring];
    await clock.advanceAsync(3_600_000);
    expect(told).toHaveLength(2);
  });

  it.each([{ state: 'connecting' as const }, { state: 'paused' as const }])(
    'does not notify again after a while of %o',
    async (status) => {
      start();
      const [expiring] = connections;
      connections = [aConnection(1, NOW, { name: 'script', status: status as never })];
      await clock.advanceAsync(3_600_000);
      connections = expiring === undefined ? [] : [expiring];
      await clock.advanceAsync(3_600_000);
      expect(told).toHaveLength(1);
    },
  );

  it('does not check any more after the end', async () => {
    silent = true;
    start().dispose();
    silent = false;
    await clock.advanceAsync(DAY_MS);
    expect(told).toEqual([]);
  });
});
