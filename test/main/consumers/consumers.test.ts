import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConnectionId, ConsumerId } from '../../../contract/ids.ts';
import { ConsumerRegistry } from '../../../main/consumers/consumers.ts';
import type { NewConsumer } from '../../../main/consumers/ports.ts';
import { ok } from '../../../main/lib/result.ts';
import type { Store } from '../../../main/store/ports.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { sampleConnection, sampleTokens } from '../../fakes/sample-connection.ts';
import { StoreInFolder, value } from '../../fakes/store-in-folder.ts';

const clock = new FakeClock();
let folder: StoreInFolder;
let store: Store;
let consumers: ConsumerRegistry;

const load = (): ConsumerRegistry =>
  new ConsumerRegistry({ store: store.consumers, clock, newId: () => ConsumerId.parse(randomUUID()) });

const connection = (n: number): ConnectionId => ConnectionId.parse(`00000000-0000-4000-8000-00000000000${n}`);

const agent = (changes: Partial<NewConsumer> = {}): NewConsumer => ({
  kind: 'key',
  name: 'agent',
  connections: null,
  rules: [{ then: 'allow', operations: ['read'] }],
  limits: { atOnce: 3 },
  expiresAt: null,
  client: null,
  ...changes,
});

function reopen(): void {
  consumers.dispose();
  store = folder.open();
  consumers = load();
}

beforeEach(async () => {
  folder = new StoreInFolder();
  store = await folder.ready();
  consumers = load();
});

afterEach(() => {
  consumers.dispose();
  expect(clock.pendingTimers).toBe(0);
  folder.dispose();
});

describe('keys', () => {
  it('name their consumer, also after a restart, and no other text does', () => {
    const { consumer, key } = value(consumers.add(agent()));
    expect(key).toMatch(/^ttk_[\w-]{43}$/);
    expect(consumer.keyStart).toBe(key.slice(0, 10));
    expect(consumers.authenticate(key)?.id).toBe(consumer.id);
    reopen();
    expect(consumers.authenticate(key)).toMatchObject({ id: consumer.id, limits: { atOnce: 3 } });
    const other = key.slice(0, -1) + (key.endsWith('A') ? 'B' : 'A');
    for (const text of ['', 'ttk_', other, `${key}A`, key.slice(0, -1), key.toUpperCase()])
      expect(consumers.authenticate(text)).toBeNull();
  });

  it('are kept as hashes alone', () => {
    const { key } = value(consumers.add(agent()));
    expect(JSON.stringify([store.consumers.list(), store.consumers.keys()])).not.toContain(key.slice(11));
    expect(store.consumers.keys()[0]?.hash).toMatch(/^[0-9a-f]{64}$/);
  });

  it('end with their consumer, at its end, and at their own', () => {
    const removed = value(consumers.add(agent({ name: 'removed' })));
    const ending = value(consumers.add(agent({ name: 'ending', expiresAt: clock.now() + 1000 })));
    const token = value(consumers.addKey(ending.consumer.id, { expiresAt: clock.now() + 10 }));
    expect(consumers.authenticate(token.key)?.id).toBe(ending.consumer.id);
    const gone: ConsumerId[] = [];
    consumers.onRemoved((id) => gone.push(id));
    expect(consumers.remove(removed.consumer.id)).toEqual(ok(undefined));
    expect(gone).toEqual([removed.consumer.id]);
    expect(consumers.authenticate(removed.key)).toBeNull();
    clock.advance(10);
    expect(consumers.authenticate(token.key)).toBeNull();
    expect(consumers.authenticate(ending.key)).not.toBeNull();
    clock.advance(990);
    expect(consumers.authenticate(ending.key)).toBeNull();
    expect(consumers.get(ending.consumer.id)).toBeNull();
    expect(consumers.list().map(({ name }) => name)).toEqual(['ending']);
    reopen();
    expect(consumers.authenticate(removed.key)).toBeNull();
    expect(consumers.authenticate(ending.key)).toBeNull();
  });

  it('of one consumer may be several, each removed by itself', () => {
    const client = agent({ kind: 'mcp-client', client: { id: 'c1', redirectHost: 'localhost' } });
    const { consumer, key } = value(consumers.add(client));
    const other = value(consumers.add(client));
    const second = value(consumers.addKey(consumer.id, { expiresAt: null }));
    reopen();
    expect(consumers.authenticate(second.key)?.id).toBe(consumer.id);
    expect(consumers.removeKey(other.consumer.id, second.keyId)).toMatchObject({ ok: false });
    expect(consumers.removeKey(consumer.id, second.keyId)).toEqual(ok(undefined));
    expect(consumers.authenticate(second.key)).toBeNull();
    reopen();
    expect(consumers.authenticate(second.key)).toBeNull();
    expect(consumers.authenticate(key)?.client).toEqual({ id: 'c1', redirectHost: 'localhost' });
  });

  it('of runs are gone after a restart', () => {
    const { consumer, key } = value(consumers.add(agent({ kind: 'run' })));
    const second = value(consumers.addKey(consumer.id, { expiresAt: null }));
    expect(consumers.authenticate(second.key)?.id).toBe(consumer.id);
    expect(consumers.authenticate(key)?.kind).toBe('run');
    reopen();
    expect(consumers.authenticate(key)).toBeNull();
    expect(consumers.list()).toEqual([]);
  });
});

describe('names', () => {
  it('are taken once, whatever their case; runs and clients get a number', () => {
    value(consumers.add(agent()));
    expect(consumers.add(agent({ name: ' AGENT ' }))).toMatchObject({ error: { code: 'conflict' } });
    expect(consumers.add(agent({ name: ' ' }))).toMatchObject({ error: { code: 'invalid-input' } });
    expect(value(consumers.add(agent({ kind: 'run' }))).consumer.name).toBe('agent 2');
    const second = value(consumers.add(agent({ name: 'other' }))).consumer;
    expect(consumers.change(second.id, { name: 'Agent' })).toMatchObject({ error: { code: 'conflict' } });
    expect(consumers.change(second.id, { name: 'Other' })).toMatchObject({ value: { name: 'Other' } });
    expect(consumers.resolve('oTHER')).toMatchObject({ value: { id: second.id } });
    expect(consumers.resolve('nobody')).toMatchObject({
      error: { code: 'not-found', hint: expect.stringContaining('“agent”') as string },
    });
  });
});

it('changes hold from the next request on, and after a restart', () => {
  const { consumer, key } = value(consumers.add(agent()));
  const rules = [{ then: 'ask' as const }];
  expect(consumers.change(consumer.id, { rules, limits: {} }).ok).toBe(true);
  expect(consumers.authenticate(key)?.rules).toEqual(rules);
  expect(consumers.get(consumer.id)?.limits).toEqual({});
  reopen();
  expect(consumers.authenticate(key)?.rules).toEqual(rules);
});

it('a removed connection drops out of lists; one that is empty then reaches nothing', () => {
  const added = value(store.connections.insert(sampleConnection({ id: connection(1) }), sampleTokens()));
  const both = value(consumers.add(agent({ name: 'both', connections: new Set([added.id, connection(2)]) })));
  const one = value(consumers.add(agent({ name: 'one', connections: new Set([added.id]) })));
  const every = value(consumers.add(agent({ name: 'every' })));
  value(consumers.setConnectionRules(added.id, [{ then: 'refuse' }]));
  expect(consumers.ruledConnections()).toEqual([added.id]);
  value(store.connections.remove(added.id));
  consumers.connectionPurged(added.id);
  const sets = (): unknown[] =>
    [both, one, every].map(({ consumer }) => consumers.get(consumer.id)?.connections);
  expect(sets()).toEqual([new Set([connection(2)]), new Set(), null]);
  expect(consumers.connectionRules(added.id)).toBeNull();
  reopen();
  expect(sets()).toEqual([new Set([connection(2)]), new Set(), null]);
  expect(consumers.ruledConnections()).toEqual([]);
});

it('rules of a connection are set, read again and removed', () => {
  const rules = [{ then: 'allow' as const, operations: ['read'] }];
  value(consumers.setConnectionRules(connection(1), rules));
  reopen();
  expect(consumers.connectionRules(connection(1))).toEqual(rules);
  value(consumers.setConnectionRules(connection(1), []));
  expect(consumers.connectionRules(connection(1))).toEqual([]);
  value(consumers.setConnectionRules(connection(1), null));
  reopen();
  expect(consumers.connectionRules(connection(1))).toBeNull();
});

it('writes the last use a minute later, and at the end', () => {
  const { consumer, key } = value(consumers.add(agent()));
  expect(consumers.list()[0]?.lastUsedAt).toBeNull();
  consumers.authenticate(key);
  const used = clock.now();
  expect(consumers.list()[0]?.lastUsedAt).toBe(used);
  expect(store.consumers.lastUses().size).toBe(0);
  clock.advance(60_000);
  expect(store.consumers.lastUses().get(consumer.id)).toBe(used);
  consumers.authenticate(key);
  const again = clock.now();
  reopen();
  expect(consumers.list()[0]?.lastUsedAt).toBe(again);
});
