import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { CallOutput } from '../../../contract/calls.ts';
import type { ConnectionView } from '../../../contract/connection.ts';
import type { ConnectionId } from '../../../contract/ids.ts';
import type { Core } from '../../../main/core/compose.ts';
import type { Store } from '../../../main/store/ports.ts';
import { callCore, composeCore } from '../../fakes/composed-core.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { memoryStore } from '../../fakes/memory-store.ts';
import { temporaryFolder } from '../../fakes/temporary-folder.ts';
import { beta, signedIn } from './sample.ts';

type Removed = CallOutput<'connections.remove'>;
type Undone = CallOutput<'connections.undo'>;

let clock: FakeClock;
let store: Store;
let core: Core;

beforeEach(async () => {
  clock = new FakeClock();
  store = memoryStore({ clock });
  core = composeCore({ store, clock, home: temporaryFolder() });
  onTestFinished(async () => {
    await core.dispose();
    store.close();
  });
  for (const name of ['acme', 'beta', 'gamma']) await connect(name);
});

async function connect(name: string): Promise<ConnectionId> {
  const saved = await core.services.connections.saveSignedIn(signedIn(clock.now(), { name, site: beta }));
  if (!saved.ok) throw new Error(saved.error.message);
  return saved.value;
}

const remove = (connection: string, revoke = false): Promise<Removed> =>
  callCore(core, 'connections.remove', { connection, revoke });
const use = (connection: string): Promise<ConnectionView> =>
  callCore(core, 'connections.use', { connection });
const undo = (connections?: string[]): Promise<Undone> =>
  callCore(core, 'connections.undo', { ...(connections && { connections }) });
const listed = (): string[] =>
  core.services.connections.list().map(({ name, active }) => `${active ? '*' : ''}${name}`);
const idOf = (name: string): string => store.connections.list().find((each) => each.name === name)!.id;

describe('a removal that is undone', () => {
  it('gives back what belonged to the connection, which nothing had meanwhile', async () => {
    const file = path.join(temporaryFolder(), '.env');
    await callCore(core, 'exports.add', { file, connection: 'acme' });
    const written = readFileSync(file, 'utf8');
    await callCore(core, 'connections.set-approval', { connection: 'acme', approval: 'ask' });
    const rules = [{ then: 'refuse', methods: ['DELETE'] }];
    await callCore(core, 'gateway.set-connection-rules', { connection: 'acme', rules });
    await callCore(core, 'gateway.add', { name: 'tool', connections: ['acme'], rules: [] });
    const state = () => {
      const { consumers, connectionRules } = core.services.gateway.view();
      return { view: core.services.connections.list(), consumers, connectionRules };
    };
    const before = state();
    const id = idOf('acme');

    const removed = await remove('acme');
    expect(removed).toMatchObject({ id, undoUntil: '2026-11-22T09:30:30.000Z', exports: [{ file }] });
    await clock.advanceAsync(5000);
    expect(listed()).toEqual(['*beta', 'gamma']);
    expect(core.services.gateway.view()).toMatchObject({
      connectionRules: [],
      consumers: [{ connections: [] }],
    });
    const get = { connection: id, field: 'access_token' };
    await expect(callCore(core, 'credentials.get', get)).rejects.toThrow('not-found');
    await expect(callCore(core, 'exports.write', {})).resolves.toMatchObject({
      exports: [{ status: { state: 'failed' } }],
    });

    expect(await undo([id])).toMatchObject({
      kind: 'remove',
      connections: [{ id, name: 'acme', active: true }],
    });
    expect(state()).toEqual(before);
    await clock.advanceAsync(5000);
    // Files are real, so their writes take real time.
    await vi.waitFor(() => {
      expect(core.services.exports.list()).toMatchObject([{ status: { state: 'written' } }]);
    });
    expect(readFileSync(file, 'utf8')).toBe(written);
    expect(store.activity.list({ limit: 20 }).map(({ event }) => event)).toContain('connection.put-back');
    // The time that it was kept for does not end it now.
    await clock.advanceAsync(60_000);
    expect(listed()).toEqual(['*acme', 'beta', 'gamma']);
  });

  it('is of several at once, however they took the active one’s place from each other', async () => {
    await use('beta');
    const ids = ['beta', 'gamma', 'acme'].map(idOf);
    for (const id of ids) await remove(id);
    expect(listed()).toEqual([]);
    await undo(ids);
    expect(listed()).toEqual(['acme', '*beta', 'gamma']);
  });

  it('finds its name taken by a new sign-in of the same account: both are there', async () => {
    const { id } = await remove('acme');
    await connect('acme');
    expect(await undo()).toMatchObject({ connections: [{ id, name: 'acme 2' }] });
  });

  it.each<[string, (id: string) => Promise<unknown> | void]>([
    ['after 30 seconds', () => clock.advanceAsync(30_000)],
    ['twice', (id) => undo([id])],
    ['of what was never there', () => clock.advanceAsync(30_000)],
  ])('is refused %s', async (_, meanwhile) => {
    const { id } = await remove('acme');
    await meanwhile(id);
    await expect(undo([id])).rejects.toThrow('not-found: There is nothing to undo.');
  });

  it.each([
    ['forwards', 3_600_000],
    ['back', -3_600_000],
  ])('does not mind that the wall clock is set %s', async (_, by) => {
    const { id } = await remove('acme');
    clock.setNow(clock.now() + by);
    expect(await undo([id])).toMatchObject({ connections: [{ name: 'acme' }] });
    await remove('acme');
    await clock.advanceAsync(30_000);
    expect(store.connections.removed()).toEqual([]);
  });

  it('cannot be where the sign-in was revoked too', async () => {
    expect(await remove('acme', true)).not.toHaveProperty('undoUntil');
    expect(store.connections.removed()).toEqual([]);
    await expect(undo()).rejects.toThrow('not-found');
  });

  it('ends with the app: nothing waits for a start that may never come', async () => {
    await remove('acme');
    await clock.advanceAsync(29_000);
    expect(store.connections.removed()).toHaveLength(1);
    await core.dispose();
    expect(store.connections.removed()).toEqual([]);
    core = composeCore({ store, clock, home: temporaryFolder() });
    await expect(undo()).rejects.toThrow('not-found');
  });

  it('waits no longer than it may: then everything that belonged to it is gone', async () => {
    await callCore(core, 'connections.set-approval', { connection: 'acme', approval: 'ask' });
    await callCore(core, 'gateway.add', { name: 'tool', connections: ['acme'], rules: [] });
    const id = idOf('acme') as ConnectionId;
    await remove('acme');
    await clock.advanceAsync(29_999);
    expect(store.grants.asks(id)).toBe(true);
    await clock.advanceAsync(1);
    expect(store.connections.removed()).toEqual([]);
    expect(store.grants.asks(id)).toBe(false);
    expect(store.consumers.list()).toMatchObject([{ connections: [] }]);
  });
});

describe('undo without a name', () => {
  const steps: Readonly<Record<string, () => Promise<unknown>>> = {
    'use beta': () => use('beta'),
    'use gamma': () => use('gamma'),
    'remove acme': () => remove('acme'),
    'remove beta': () => remove('beta'),
    'wait 20 s': () => clock.advanceAsync(20_000),
    undo: () => undo().catch(() => null),
  };
  it.each<[string, string[]]>([
    ['use beta, undo', ['*acme', 'beta', 'gamma']],
    ['use beta, undo, undo', ['*acme', 'beta', 'gamma']],
    ['use beta, use gamma, undo', ['acme', '*beta', 'gamma']],
    ['use beta, use gamma, undo, undo', ['*acme', 'beta', 'gamma']],
    ['use beta, wait 20 s, wait 20 s, undo', ['acme', '*beta', 'gamma']],
    ['remove acme, undo', ['*acme', 'beta', 'gamma']],
    ['remove acme, remove beta, undo', ['*beta', 'gamma']],
    ['remove acme, remove beta, undo, undo', ['*acme', 'beta', 'gamma']],
    ['use beta, remove acme, undo', ['acme', '*beta', 'gamma']],
    ['use beta, remove acme, undo, undo', ['*acme', 'beta', 'gamma']],
    ['remove acme, use gamma, undo', ['*beta', 'gamma']],
    ['remove acme, use gamma, undo, undo', ['*acme', 'beta', 'gamma']],
    ['remove acme, wait 20 s, remove beta, wait 20 s, undo, undo', ['*beta', 'gamma']],
    ['undo', ['*acme', 'beta', 'gamma']],
  ])('%s', async (what, expected) => {
    for (const step of what.split(', ')) await steps[step]!();
    expect(listed()).toEqual(expected);
  });
});
