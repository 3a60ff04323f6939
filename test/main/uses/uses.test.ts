import { afterEach, beforeEach, expect, it } from 'vitest';
import type { GrantView } from '../../../contract/grants.ts';
import type { ConnectionId, ConsumerId } from '../../../contract/ids.ts';
import type { Store, UseRecord } from '../../../main/store/ports.ts';
import { UseLog } from '../../../main/uses/uses.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { memoryStore } from '../../fakes/memory-store.ts';
import { sampleConnection, sampleTokens } from '../../fakes/sample-connection.ts';
import { value } from '../../fakes/store-in-folder.ts';
import { uuid } from '../../fakes/window-data.ts';

const KEY = uuid(7) as ConsumerId;
const MINUTE = 60_000;

let clock: FakeClock;
let store: Store;
let acme: ConnectionId;
let keys: Map<ConsumerId, string>;
let grants: Pick<GrantView, 'connection' | 'program' | 'lastUsedAt'>[];
let log: UseLog;

const open = (): UseLog =>
  new UseLog({
    store: store.uses,
    clock,
    nameOfKey: (id) => keys.get(id) ?? null,
    grants: () => grants,
  });
const names = (): string[] => log.list(acme).map(({ kind, name }) => `${kind} ${name}`.trim());

beforeEach(() => {
  clock = new FakeClock();
  store = memoryStore({ clock });
  acme = value(store.connections.insert(sampleConnection(), sampleTokens())).id;
  keys = new Map([[KEY, 'editor']]);
  grants = [];
  log = open();
});

afterEach(() => {
  log.dispose();
  expect(clock.pendingTimers).toBe(0);
  store.close();
});

it('tells the latest use of each, the latest first, with how often and what failed since', () => {
  log.record(acme, 'run', 'npm');
  clock.advance(MINUTE);
  log.record(acme, 'key', KEY, false);
  log.record(acme, 'key', KEY, false);
  clock.advance(MINUTE);
  log.record(acme, 'run', 'npm');
  clock.advance(MINUTE);
  log.record(acme, 'get', '');
  const at = (minutes: number): string => new Date(clock.now() - minutes * MINUTE).toISOString();
  expect(log.list(acme)).toEqual([
    { kind: 'get', name: '', consumer: null, lastUsedAt: at(0), count: 1, failures: 0 },
    { kind: 'run', name: 'npm', consumer: null, lastUsedAt: at(1), count: 2, failures: 0 },
    { kind: 'key', name: 'editor', consumer: KEY, lastUsedAt: at(2), count: 2, failures: 2 },
  ]);
  log.record(acme, 'key', KEY);
  expect(log.list(acme)[0]).toMatchObject({ name: 'editor', count: 3, failures: 0 });
  keys.set(KEY, 'renamed');
  expect(log.list(acme)[0]).toMatchObject({ name: 'renamed' });
  keys.clear();
  expect(names()).toEqual(['get', 'run npm']);
});

it('writes nothing while tokens are given out, all of it a minute later, and the rest at the end', () => {
  const written: UseRecord[][] = [];
  const spied: UseLog = new UseLog({
    store: {
      ...store.uses,
      list: () => [],
      save: (records) => written.push(records.map((each) => ({ ...each }))),
    },
    clock,
    nameOfKey: () => null,
    grants: () => [],
  });
  for (let count = 0; count < 1000; count += 1) spied.record(acme, 'get', '');
  clock.advance(MINUTE - 1);
  expect(written).toEqual([]);
  clock.advance(1);
  expect(written).toMatchObject([[{ kind: 'get', count: 1000 }]]);
  spied.record(acme, 'env', '');
  spied.dispose();
  expect(written[1]).toMatchObject([{ kind: 'env', count: 1 }]);
});

it('remembers across restarts, as long as there is the connection', () => {
  log.record(acme, 'git', '');
  log.dispose();
  log = open();
  expect(names()).toEqual(['git']);
  log.record(acme, 'git', '');
  log.dispose();
  log = open();
  expect(log.list(acme)).toMatchObject([{ count: 2 }]);
  log.record(acme, 'run', 'npm');
  value(store.connections.remove(acme));
  log.connectionPurged(acme);
  log.record(acme, 'get', '');
  log.dispose();
  log = open();
  expect(names()).toEqual([]);
});

it('keeps forty names of a connection and drops the oldest, on disk too', () => {
  for (let count = 0; count < 45; count += 1) {
    log.record(acme, 'run', `tool-${count}`);
    clock.advance(MINUTE);
  }
  expect(names()).toHaveLength(40);
  expect(names().at(-1)).toBe('run tool-5');
  log.dispose();
  log = open();
  expect(names()).toHaveLength(40);
});

it('does not write for each of a thousand names, nor keep more than forty of them', () => {
  for (let count = 0; count < 40; count += 1) log.record(acme, 'run', `old-${count}`);
  log.dispose();
  const saved: [number, number][] = [];
  log = new UseLog({
    store: {
      list: store.uses.list.bind(store.uses),
      save: (records, dropped) => {
        saved.push([records.length, dropped.length]);
        store.uses.save(records, dropped);
      },
    },
    clock,
    nameOfKey: () => null,
    grants: () => [],
  });
  clock.advance(1);
  for (let count = 0; count < 1000; count += 1) log.record(acme, 'run', `tool-${count}`);
  expect(saved).toEqual([]);
  clock.advance(MINUTE);
  expect(saved).toEqual([[40, 40]]);
  expect(store.uses.list().filter(({ name }) => name.startsWith('tool-'))).toHaveLength(40);
  expect(store.uses.list()).toHaveLength(40);
});

it('shows nothing of a name that looks like a secret', () => {
  log.record(acme, 'run', 'ATATT3xFfGF0canary_0123456789');
  log.record(acme, 'run', 'password=canary-5150.sh');
  log.dispose();
  expect(JSON.stringify([log.list(acme), store.uses.list()])).not.toContain('canary');
});

it('shows names on one line, without marks that mislead, and not all of a long one', () => {
  log.record(acme, 'run', 'a\n\u202Eb'.padEnd(500, 'x'));
  const [use] = log.list(acme);
  expect(use?.name).toMatch(/^a b/);
  expect(use?.name.length).toBeLessThanOrEqual(80);
});

it('tells programs that the person has answered about', () => {
  const program = { name: 'deploy.sh', executable: null, script: null };
  const lastUsedAt = new Date(clock.now()).toISOString();
  grants = [
    { connection: { id: acme, name: 'acme' }, program, lastUsedAt },
    { connection: { id: uuid(9) as ConnectionId, name: 'other' }, program, lastUsedAt },
    { connection: { id: acme, name: 'acme' }, program: { ...program, name: 'never' }, lastUsedAt: null },
  ];
  expect(names()).toEqual(['program deploy.sh']);
});

it('reports a change once a second, and only while somebody listens', () => {
  log.record(acme, 'get', '');
  const changed: ConnectionId[] = [];
  const listening = log.onChange((id) => changed.push(id));
  clock.advance(1000);
  expect(changed).toEqual([]);
  for (let count = 0; count < 100; count += 1) log.record(acme, 'get', '');
  clock.advance(999);
  expect(changed).toEqual([]);
  clock.advance(1);
  expect(changed).toEqual([acme]);
  void listening.dispose();
});
