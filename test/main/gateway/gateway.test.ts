import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CoreEvent } from '../../../contract/events.ts';
import { createConsumers, type Consuming } from '../../../main/consumers/create-consumers.ts';
import { ruleBook } from '../../../main/consumers/rules/rule-book.ts';
import { createGateway } from '../../../main/gateway/gateway.ts';
import type { Gateway } from '../../../main/gateway/ports.ts';
import type { GiveRunVariables } from '../../../main/gateway/run-variables.ts';
import { resolveActive, resolveReference } from '../../../main/connections/resolve.ts';
import { fail, ok } from '../../../main/lib/result.ts';
import type { Store } from '../../../main/store/ports.ts';
import type { ConnectionRecord } from '../../../main/store/records.ts';
import { composeCore } from '../../fakes/composed-core.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { memoryStore } from '../../fakes/memory-store.ts';
import { sampleConnection, sampleTokens } from '../../fakes/sample-connection.ts';
import { value } from '../../fakes/store-in-folder.ts';

let clock: FakeClock;
let store: Store;
let consuming: Consuming;
let gateway: Gateway;
let acme: ConnectionRecord;
let runVariables: GiveRunVariables;

beforeEach(() => {
  clock = new FakeClock();
  store = memoryStore({ clock });
  acme = value(store.connections.insert(sampleConnection({ name: 'Acme & Co' }), sampleTokens()));
  consuming = createConsumers({ store, clock, lookUp: () => Promise.resolve(null) });
  runVariables = ({ key, gatewayUrl }) =>
    ok({
      variables: [{ name: 'X', value: `${gatewayUrl} ${key}`, secret: true }],
      removed: ['Y'],
      notes: [],
    });
  gateway = createGateway({
    ...consuming,
    ruleBook,
    connections: {
      resolve: (reference) =>
        reference === undefined
          ? resolveActive(store.connections)
          : resolveReference(store.connections, reference),
    },
    records: () => store.connections.list(),
    record: (id) => store.connections.get(id),
    addresses: () => [{ id: 'jira', name: 'Jira', url: 'https://jira.example' }],
    activity: store.activity,
    settings: store.settings,
    clock,
    runVariables: (run) => runVariables(run),
  });
});

afterEach(async () => {
  await gateway.dispose();
  await consuming.dispose();
  store.close();
});

const READ = [{ then: 'allow' as const, operations: ['read'] }];
const events = (): string[] => store.activity.list({ limit: 20 }).map(({ event }) => event);

describe('a key', () => {
  it('is made, shown once, changed and removed', async () => {
    const changes: number[] = [];
    gateway.onChange(() => changes.push(1));
    const { consumer, key } = value(
      await gateway.add({ name: 'agent', connections: ['acme & co'], rules: READ, expires: '30d' }),
    );
    expect(consumer).toMatchObject({
      ...{ kind: 'key', name: 'agent', connections: [acme.id], limits: {} },
      rules: [{ ...READ[0], words: 'Allow reading.' }],
      expiresAt: '2026-12-22T09:30:00.000Z',
    });
    expect(JSON.stringify(gateway.view())).not.toContain(key.slice(11));
    expect(consuming.consumers.authenticate(key)?.id).toBe(consumer.id);
    const changed = value(
      gateway.change({ consumer: 'AGENT', name: 'bot', connections: null, limits: { atOnce: 1 } }),
    );
    expect(changed).toMatchObject({
      name: 'bot',
      connections: null,
      limits: { atOnce: 1 },
      expiresAt: consumer.expiresAt,
    });
    expect(changed.rules).toHaveLength(1);
    const ends = (expires: string | null) => gateway.change({ consumer: 'bot', expires });
    expect(value(ends('90d')).expiresAt).toBe('2027-02-20T09:30:00.000Z');
    expect(ends('2020-01-01')).toMatchObject({ error: { code: 'invalid-input' } });
    expect(value(ends(null)).expiresAt).toBeNull();
    expect(value(gateway.remove({ consumer: 'bot' }))).toEqual({ id: consumer.id });
    expect(gateway.view().consumers).toEqual([]);
    expect(changes).toHaveLength(5);
    expect(new Set(events())).toEqual(
      new Set(['gateway.key-removed', 'gateway.key-changed', 'gateway.key-added']),
    );
  });

  it.each([
    [{ rules: [{ then: 'allow' as const, operations: ['jira.coment'] }] }, 'invalid-input', '“jira.comment”'],
    [{ connections: ['nobody'] }, 'not-found', 'Acme'],
    [{ expires: '2020-01-01' }, 'invalid-input', 'Enter the date'],
    [{ expires: 'soon' }, 'invalid-input', '2027-01-31'],
    [{ name: '' }, 'invalid-input', 'short name'],
    [{ name: 'Taken' }, 'conflict', 'another name'],
  ])('is refused for %j', async (changes, code, hint) => {
    value(await gateway.add({ name: 'taken', rules: [] }));
    const refused = await gateway.add({ name: 'agent', rules: READ, ...changes });
    expect(refused).toMatchObject({ error: { code, hint: expect.stringContaining(hint) as string } });
    expect(gateway.view().consumers).toHaveLength(1);
  });

  it('is still listed and counted by its id when it is gone', async () => {
    const { consumer } = value(await gateway.add({ name: 'agent', rules: READ }));
    const { id, kind, name } = consumer;
    consuming.traffic.record({
      at: clock.now(),
      consumer: { id, kind, name },
      ...{ connection: acme.id, connectionName: acme.name, entrance: 'gateway', api: 'jira' },
      ...{ method: 'GET', path: '/', status: 200, durationMs: 1, requestBytes: 0, responseBytes: 1 },
      ...{ decision: 'allowed', reason: null },
    });
    value(gateway.remove({ consumer: id }));
    expect(value(gateway.traffic({ consumer: id })).entries).toMatchObject([
      { consumer: { name: 'agent' }, connectionName: acme.name },
    ]);
    expect(value(gateway.usage({ consumer: id })).usage).toMatchObject([{ name: 'agent', requests: 1 }]);
    expect(gateway.traffic({ consumer: name })).toMatchObject({ error: { code: 'not-found' } });
  });

  it('that does not exist is named, for every call', () => {
    for (const found of [
      gateway.change({ consumer: 'nobody' }),
      gateway.remove({ consumer: 'nobody' }),
      gateway.traffic({ consumer: 'nobody' }),
      gateway.usage({ consumer: 'nobody' }),
    ])
      expect(found).toMatchObject({ error: { code: 'not-found' } });
  });
});

it('shows the addresses, with the port of the settings while no door listens', () => {
  let changes = 0;
  gateway.onChange(() => (changes += 1));
  expect(gateway.view().addresses).toEqual([
    { connection: acme.id, api: 'jira', name: 'Jira', url: 'http://127.0.0.1:7980/Acme%20%26%20Co/jira' },
  ]);
  value(store.settings.set({ gatewayPort: 9000 }));
  value(store.settings.set({ theme: 'dark' }));
  expect(gateway.view().addresses[0]?.url).toContain(':9000/');
  expect(changes).toBe(1);
});

it('sets the rules of a connection, and drops them with it', () => {
  const view = value(gateway.setConnectionRules({ connection: acme.id, rules: READ }));
  expect(view.connectionRules).toEqual([
    { connection: acme.id, rules: [{ ...READ[0], words: 'Allow reading.' }] },
  ]);
  expect(value(gateway.setConnectionRules({ connection: acme.id, rules: null })).connectionRules).toEqual([]);
  value(gateway.setConnectionRules({ connection: acme.id, rules: [] }));
  value(store.connections.remove(acme.id));
  gateway.connectionChanged(acme.id);
  expect(gateway.view()).toMatchObject({ connectionRules: [], addresses: [] });
});

it('says that it changed when a connection changes in what it shows of it, and not at each refresh', () => {
  let changes = 0;
  gateway.onChange(() => (changes += 1));
  value(store.connections.update(acme.id, { pausedAt: 1 }));
  gateway.connectionChanged(acme.id);
  expect(changes).toBe(0);
  value(store.connections.update(acme.id, { name: 'renamed' }));
  gateway.connectionChanged(acme.id);
  expect(changes).toBe(1);
});

describe('a run', () => {
  const begin = () => gateway.beginRun({ through: 'gateway', program: 'npm test' });

  it('has a key of its own until it ends, for the active connection', async () => {
    const run = value(await begin());
    expect(run).toMatchObject({ removed: ['Y'], notes: [] });
    const [url, key = ''] = run.variables[0]?.value.split(' ') ?? [];
    expect(url).toBe('http://127.0.0.1:7980');
    const consumer = consuming.consumers.authenticate(key);
    expect(consumer).toMatchObject({ kind: 'run', name: 'npm test', rules: [{ then: 'allow' }] });
    expect(consumer?.connections).toEqual(new Set([acme.id]));
    expect(value(await begin()).run).not.toBe(run.run);
    expect(gateway.endRun({ run: run.run })).toEqual(ok({}));
    expect(gateway.endRun({ run: run.run })).toEqual(ok({}));
    expect(consuming.consumers.authenticate(key)).toBeNull();
    expect(gateway.view().consumers.map(({ name }) => name)).toEqual(['npm test 2']);
    expect(events()).toEqual([]);
  });

  it('leaves no key when it cannot begin, and ends no other consumer', async () => {
    runVariables = () => fail('unsupported', 'not here');
    expect(await begin()).toMatchObject({ error: { code: 'unsupported' } });
    runVariables = () => Promise.reject(new Error('a bug'));
    await expect(begin()).rejects.toThrow('a bug');
    expect(await gateway.beginRun({ through: 'proxy', program: 'x', connections: ['no'] })).toMatchObject({
      error: { code: 'not-found' },
    });
    expect(gateway.view().consumers).toEqual([]);
    const { consumer } = value(await gateway.add({ name: 'agent', rules: [] }));
    expect(gateway.endRun({ run: consumer.id })).toEqual(ok({}));
    expect(gateway.view().consumers).toHaveLength(1);
  });
});

it('tells windows what changes, traffic only while one listens', async () => {
  const home = mkdtempSync(path.join(tmpdir(), 'tokentray-gateway-'));
  const core = composeCore({ store, home, clock });
  const seen: CoreEvent['type'][] = [];
  const listening = core.api.events((event) => seen.push(event.type));
  value(await core.services.gateway.add({ name: 'agent', rules: [] }));
  expect(seen).toEqual(['gateway', 'activity']);
  value(store.connections.remove(acme.id));
  void listening.dispose();
  value(await core.services.gateway.add({ name: 'other', rules: [] }));
  expect(seen).toHaveLength(2);
  await core.dispose();
  rmSync(home, { recursive: true });
});
