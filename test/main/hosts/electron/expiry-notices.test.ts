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
    tell: (notification) => {
      if (!silent) told.push(notification);
      return !silent;
    },
    clock,
  });
  notices.look();
  return notices;
};

beforeEach(() => {
  clock = new FakeClock(NOW);
  told = [];
  silent = false;
  state = { bounds: null, closingTold: false, expiryTold: {} };
  connections = [
    aConnection(1, NOW, { name: 'script', status: { state: 'expiring', expiresAt: inHours(7 * 24) } }),
  ];
});

describe('ExpiryNotices', () => {
  it('tells at seven days and at one, once each', () => {
    start();
    expect(told.map(({ title }) => title)).toEqual(['“script” expires in 7 days']);
    clock.advance(5.5 * DAY_MS);
    expect(told).toHaveLength(1);
    clock.advance(DAY_MS);
    expect(told.map(({ title }) => title).slice(1)).toEqual(['“script” expires within a day']);
    clock.advance(DAY_MS);
    expect(told).toHaveLength(2);
  });

  it('remembers across a restart', () => {
    start().dispose();
    start();
    expect(told).toHaveLength(1);
  });

  it('tells later what could not be told', () => {
    silent = true;
    start();
    silent = false;
    clock.advance(3_600_000);
    expect(told).toHaveLength(1);
  });

  it('forgets what was replaced, so that the next end is told of again', () => {
    start();
    const [expiring] = connections;
    connections = [aConnection(1, NOW)];
    clock.advance(3_600_000);
    expect(state.expiryTold).toEqual({});
    connections = expiring === undefined ? [] : [expiring];
    clock.advance(3_600_000);
    expect(told).toHaveLength(2);
  });

  it.each([{ state: 'connecting' as const }, { state: 'paused' as const }])(
    'does not tell again after a while of %o',
    (status) => {
      start();
      const [expiring] = connections;
      connections = [aConnection(1, NOW, { name: 'script', status: status as never })];
      clock.advance(3_600_000);
      connections = expiring === undefined ? [] : [expiring];
      clock.advance(3_600_000);
      expect(told).toHaveLength(1);
    },
  );

  it('looks no more when it ended', () => {
    silent = true;
    start().dispose();
    silent = false;
    clock.advance(DAY_MS);
    expect(told).toEqual([]);
  });
});
