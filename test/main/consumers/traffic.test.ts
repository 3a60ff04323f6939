import { afterEach, beforeEach, expect, it } from 'vitest';
import type { TrafficEntry } from '../../../contract/gateway.ts';
import { ConnectionId, ConsumerId } from '../../../contract/ids.ts';
import { TrafficLog } from '../../../main/consumers/traffic.ts';
import type { Store } from '../../../main/store/ports.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { StoreInFolder } from '../../fakes/store-in-folder.ts';

let clock: FakeClock;
let folder: StoreInFolder;
let store: Store;
let traffic: TrafficLog;

const id = (n: number): string => `00000000-0000-4000-8000-00000000000${n}`;
const AGENT = ConsumerId.parse(id(1));
const OTHER = ConsumerId.parse(id(2));
const ACME = ConnectionId.parse(id(3));
type Recorded = Parameters<TrafficLog['record']>[0];

const record = (changes: Partial<Recorded> = {}): void => {
  traffic.record({
    at: clock.now(),
    consumer: { id: AGENT, kind: 'key', name: 'agent' },
    ...{ connection: ACME, entrance: 'gateway', api: 'jira', method: 'GET', path: '/rest/api/3/myself' },
    ...{ status: 200, durationMs: 1.5, requestBytes: 0, responseBytes: 10 },
    ...{ decision: 'allowed', reason: null },
    ...changes,
  });
};

beforeEach(() => {
  clock = new FakeClock();
  folder = new StoreInFolder();
  store = folder.open();
  traffic = new TrafficLog({ store: store.traffic, clock });
});

afterEach(() => {
  traffic.dispose();
  expect(clock.pendingTimers).toBe(0);
  folder.dispose();
});

it('is written each second, listed newest first, and there after a restart', () => {
  record({ path: '/first' });
  record({ path: '/second', consumer: null, connection: null });
  expect(store.traffic.list({ limit: 10 })).toEqual([]);
  clock.advance(1000);
  expect(store.traffic.list({ limit: 10 }).map(({ path }) => path)).toEqual(['/second', '/first']);
  record({ path: '/third', consumer: { id: OTHER, kind: 'run', name: 'other' } });
  const paths = (query: Omit<Parameters<TrafficLog['list']>[0], 'limit'> = {}): string[] =>
    traffic.list({ limit: 10, ...query }).map(({ path }) => path);
  expect(paths()).toEqual(['/third', '/second', '/first']);
  expect(paths({ consumer: AGENT })).toEqual(['/first']);
  expect(paths({ connection: ACME })).toEqual(['/third', '/first']);
  expect(paths({ before: 2 })).toEqual(['/first']);
  expect(traffic.list({ limit: 1 })).toMatchObject([
    { id: 3, at: '2026-11-22T09:30:01.000Z', durationMs: 1.5 },
  ]);
  record({ path: '/last' });
  traffic.dispose();
  store = folder.open();
  traffic = new TrafficLog({ store: store.traffic, clock });
  record({ path: '/after' });
  expect(traffic.list({ limit: 2 }).map((entry) => [entry.id, entry.path])).toEqual([
    [5, '/after'],
    [4, '/last'],
  ]);
});

it('keeps no query, no secret and no long path', () => {
  record({ path: `/rest/Bearer abcdefgh12345678?token=secret#x` });
  record({ path: `/${'a'.repeat(2000)}` });
  record({ path: `/key/ttk_${'a1B2'.repeat(10)}xyz/rest` });
  const [key, long, secret] = traffic.list({ limit: 3 }).map(({ path }) => path);
  expect(secret).toBe('/rest/Bearer ‹redacted›');
  expect(long).toHaveLength(500);
  expect(key).toBe('/key/‹redacted›/rest');
});

it('keeps the newest ten thousand, and writes a flood in pieces', () => {
  for (let count = 0; count < 12_000; count += 1) record();
  clock.advance(1000);
  expect(store.traffic.lastId).toBe(1000);
  clock.advance(550);
  expect(store.traffic.lastId).toBe(12_000);
  const kept = traffic.list({ limit: 20_000 });
  expect([kept.length, kept.at(-1)?.id]).toEqual([10_000, 2001]);
  for (let count = 0; count < 45_000; count += 1) record();
  expect(traffic.list({ limit: 20_000 })).toHaveLength(10_000);
  expect(traffic.usage({ since: 0 })).toMatchObject([{ requests: 57_000 }]);
});

it('is counted by consumer and hour, for 31 days', () => {
  record();
  record({ decision: 'refused', status: 403 });
  record({ decision: 'failed', status: 502 });
  record({ status: 500, responseBytes: 5 });
  record({ status: 0 });
  record({ consumer: null });
  clock.advance(30 * 60_000);
  record({ consumer: { id: OTHER, kind: 'run', name: 'other' } });
  record();
  const first = { consumer: AGENT, name: 'agent', hour: '2026-11-22T09:00:00.000Z' };
  const counts = { requests: 5, refused: 1, failed: 3, responseBytes: 45 };
  const counted = { consumer: OTHER, name: 'other' };
  const next = { hour: '2026-11-22T10:00:00.000Z', requests: 1, refused: 0, failed: 0, responseBytes: 10 };
  expect(traffic.usage({ since: 0 })).toEqual([
    { ...first, ...counts },
    { consumer: AGENT, name: 'agent', ...next },
    { ...counted, ...next },
  ]);
  expect(traffic.usage({ consumer: OTHER, since: 0 })).toEqual([{ ...counted, ...next }]);
  expect(traffic.usage({ since: Date.parse(next.hour) })).toHaveLength(2);
  record({ consumer: { id: AGENT, kind: 'key', name: 'renamed' } });
  expect(traffic.usage({ consumer: AGENT, since: 0 })[1]).toMatchObject({ name: 'renamed', requests: 2 });
  clock.advance(31 * 86_400_000 + 1);
  record();
  expect(traffic.usage({ since: 0 })).toMatchObject([{ consumer: AGENT, requests: 1 }]);
});

it('is emitted in batches of the newest two hundred, while somebody listens', () => {
  record();
  const batches: TrafficEntry[][] = [];
  const listening = traffic.onEntries((entries) => batches.push([...entries]));
  for (let count = 0; count < 3; count += 1) record();
  clock.advance(249);
  expect(batches).toEqual([]);
  clock.advance(1);
  expect(batches.map((entries) => entries.map((entry) => entry.id))).toEqual([[2, 3, 4]]);
  for (let count = 0; count < 1000; count += 1) record();
  clock.advance(250);
  expect(batches[1]?.map((entry) => entry.id)).toEqual(Array.from({ length: 200 }, (_, n) => 805 + n));
  expect(traffic.leftOut).toBe(800);
  void listening.dispose();
  record();
  clock.advance(250);
  expect(batches).toHaveLength(2);
});

it('reports each use of a connection, and whether it was let through', () => {
  const used: unknown[] = [];
  const log = new TrafficLog({
    store: store.traffic,
    clock,
    used: (connection, { name }, works) => used.push([connection, name, works]),
  });
  const entry: Recorded = {
    at: clock.now(),
    consumer: { id: AGENT, kind: 'key', name: 'agent' },
    ...{ connection: ACME, entrance: 'gateway', api: 'jira', method: 'GET', path: '/' },
    ...{ status: 200, durationMs: 1, requestBytes: 0, responseBytes: 0, decision: 'allowed', reason: null },
  };
  log.record(entry);
  log.record({ ...entry, status: 404 });
  log.record({ ...entry, decision: 'refused', status: 403 });
  log.record({ ...entry, decision: 'failed', status: 502 });
  log.record({ ...entry, consumer: null });
  log.record({ ...entry, connection: null });
  log.dispose();
  expect(used).toEqual([true, true, false, false].map((works) => [ACME, 'agent', works]));
});
