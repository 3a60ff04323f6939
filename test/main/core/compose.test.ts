import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { CoreEvent } from '../../../contract/events.ts';
import { ProviderId, type ConnectionId, type OAuthClientId } from '../../../contract/ids.ts';
import type { SignInView } from '../../../contract/sign-in.ts';
import type { DoctorFinding } from '../../../contract/status.ts';
import type { CallFrom } from '../../../main/api/call-from.ts';
import { coreEvents } from '../../../main/api/core-events.ts';
import type { Core } from '../../../main/core/compose.ts';
import { Emitter } from '../../../main/lib/emitter.ts';
import { fail } from '../../../main/lib/result.ts';
import { DamagedRows } from '../../../main/store/damaged-rows.ts';
import type { Store } from '../../../main/store/ports.ts';
import { composeCore } from '../../fakes/composed-core.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { memoryStore } from '../../fakes/memory-store.ts';
import { sampleConnection, sampleTokens } from '../../fakes/sample-connection.ts';
import { acme, beta } from '../connections/sample.ts';

let folder: string;
let file: string;
let clock: FakeClock;
let store: Store;
let core: Core;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tokentray-compose-'));
  file = path.join(folder, '.env');
  clock = new FakeClock();
  store = memoryStore({ clock });
  core = composeCore({ store, home: path.join(folder, 'home'), clock });
});

afterEach(async () => {
  await core.dispose();
  expect(clock.pendingTimers).toBe(0);
  store.close();
  rmSync(folder, { recursive: true });
});

/** A connection with two sites, and a file that follows it by id. */
async function connectionWithFile(client: OAuthClientId | null = null): Promise<string> {
  const added = store.connections.insert(
    sampleConnection({ name: 'work', client, site: acme, sites: [acme, beta] }),
    sampleTokens({ obtainedAt: clock.now(), expiresAt: clock.now() + 3_600_000 }),
  );
  if (!added.ok) throw new Error(added.error.message);
  const { id } = added.value;
  const kept = await core.services.exports.add({
    file,
    target: { follows: 'connection', connection: id },
    preset: 'atlassian',
    format: 'dotenv',
    mode: undefined,
    inPlace: false,
    allowDuplicateKeys: false,
    allowSharedFolder: false,
  });
  if (!kept.ok) throw new Error(kept.error.message);
  return id;
}

it('writes the files of what changed a moment before the app ends', async () => {
  await connectionWithFile();
  core.services.connections.setSite('work', 'beta');
  await core.dispose();
  expect(readFileSync(file, 'utf8')).toContain(beta.url);
});

it('lets views and files follow provider definitions that are read again', async () => {
  const id = await connectionWithFile();
  const told: CoreEvent[] = [];
  core.api.events((event) => told.push(event));
  const override = { id: 'atlassian', name: 'Our Atlassian', identity: { apiUrl: 'https://api.example' } };
  mkdirSync(path.join(folder, 'home', 'providers'), { recursive: true });
  writeFileSync(path.join(folder, 'home', 'providers', 'ours.json'), JSON.stringify(override));
  await core.api.dispatch({ caller: 'cli' }, 'providers.reload', {});
  expect(told.find(({ type }) => type === 'connection')).toMatchObject({
    connection: { id, providerName: 'Our Atlassian' },
  });
  await clock.advanceAsync(50);
  await core.services.exports.drain();
  expect(readFileSync(file, 'utf8')).toContain(`https://api.example/ex/jira/${acme.cloudId}`);
});

it('shows connections as paused while all refreshing is, and says when each is refreshed again', async () => {
  await connectionWithFile();
  core.start();
  await clock.advanceAsync(0);
  const told: unknown[] = [];
  core.api.events((event) => {
    if (event.type !== 'connection') return;
    const { status, nextRefreshAt } = event.connection;
    told.push([status.state, nextRefreshAt !== null]);
  });
  await core.api.dispatch({ caller: 'cli' }, 'settings.set', { refreshingPaused: true });
  await core.api.dispatch({ caller: 'cli' }, 'settings.set', { refreshingPaused: false });
  expect(told).toEqual([
    ['paused', false],
    ['connected', true],
  ]);
  await core.api.dispatch({ caller: 'cli' }, 'settings.set', { refreshingPaused: true });
  const get = () =>
    core.api.dispatch({ caller: 'cli' }, 'credentials.get', { connection: 'work', field: 'access_token' });
  expect(await get()).toMatchObject({ ok: true });
  await clock.advanceAsync(2 * 3_600_000);
  expect(await get()).toMatchObject({
    error: { code: 'temporary', message: expect.stringContaining('all refreshing is paused') as string },
  });
});

it('tells how many connections there are when a sign-in has ended in one', () => {
  const signIns = new Emitter<SignInView>();
  const told: CoreEvent[] = [];
  const { events } = coreEvents({
    ...core.services,
    signIns: { onChange: signIns.event, onRemoved: new Emitter<never>().event } as never,
  });
  events((event) => told.push(event));
  signIns.emit({ stage: { stage: 'exchanging' } } as SignInView);
  signIns.emit({ stage: { stage: 'done' } } as SignInView);
  expect(told.map(({ type }) => type)).toEqual(['sign-in', 'sign-in', 'status']);
});

it('makes the view of a changed connection only while somebody listens', () => {
  const changes = new Emitter<never>();
  let views = 0;
  const view = (): never => {
    views += 1;
    return { ok: true, value: {} } as never;
  };
  const { events } = coreEvents({
    ...core.services,
    connections: { onChange: changes.event, onRemoved: new Emitter<never>().event, view } as never,
  });
  changes.emit('c-1' as never);
  expect(views).toBe(0);
  const ended = events(() => undefined);
  changes.emit('c-1' as never);
  expect(views).toBe(1);
  void ended.dispose();
  changes.emit('c-1' as never);
  expect(views).toBe(1);
});

it('takes a path that begins at the home folder, and refuses one of another user’s', async () => {
  await connectionWithFile();
  const add = (wanted: string) =>
    core.api.dispatch({ caller: 'browser' }, 'exports.add', {
      file: wanted,
      connection: 'work',
      preset: 'mcp-atlassian',
    });
  expect(await add('~nobody/.env')).toMatchObject({
    error: { code: 'invalid-input', message: '“~nobody/.env” is in the home folder of another user.' },
  });
  const there = `~/${path.relative(homedir(), path.join(folder, 'home.env'))}`;
  expect(await add(there)).toMatchObject({ value: { file: path.join(folder, 'home.env') } });
  expect(
    await core.api.dispatch({ caller: 'browser' }, 'exports.remove', { export: there, keepFile: false }),
  ).toMatchObject({
    ok: true,
  });
});

it('does not call a connection connected whose token ended because the disk is full', async () => {
  const client = await core.services.clients.add({
    provider: ProviderId.parse('atlassian'),
    clientId: 'app',
    clientSecret: 'client-secret',
  });
  const id = await connectionWithFile(client.ok ? client.value.id : null);
  Object.assign(store.connections, {
    beginAttempt: () => fail('io', 'The disk that holds the store is full.', 'Free some space.'),
  });
  const told: CoreEvent[] = [];
  core.api.events((event) => told.push(event));
  core.start();
  await clock.advanceAsync(2 * 3_600_000);
  const status = {
    state: 'needs-reconnect',
    fault: 'storage',
    reason: 'The disk that holds the store is full.',
    hint: 'Free some space.',
  };
  expect(core.services.connections.view(id as ConnectionId)).toMatchObject({ value: { id, status } });
  expect(told.findLast(({ type }) => type === 'connection')).toMatchObject({ connection: { status } });
  expect(await core.api.dispatch({ caller: 'cli' }, 'doctor', {})).toMatchObject({
    value: {
      findings: expect.arrayContaining([
        { check: 'connection', ok: false, message: `work: ${status.reason}`, hint: status.hint },
      ]) as DoctorFinding[],
    },
  });
});

it('lists what cannot be read of the store, says in doctor how to be rid of it, and removes it', async () => {
  const damaged = [
    { kind: 'connection', id: 'c-1', name: 'lost' },
    { kind: 'client', id: 'o-1', name: 'app' },
    { kind: 'export', id: 'e-1', name: '/x/.env' },
  ] as const;
  const rows = store.damaged;
  if (!(rows instanceof DamagedRows)) throw new Error('another store');
  // Rows that are not there can be removed like others.
  rows.add('connections', { rowid: 900, id: 'c-1', record: '{"name":"lost"}' });
  rows.add('clients', { rowid: 900, id: 'o-1', record: '{"name":"app"}' });
  rows.add('exports', { rowid: 900, id: 'e-1', record: '{"file":"/x/.env"}' });
  const ask = async (call: string, input: object = {}): Promise<unknown> => {
    const answer = await core.api.dispatch({ caller: 'cli' }, call, input);
    return answer.ok ? answer.value : answer.error;
  };
  expect(await ask('status')).toMatchObject({ damaged });
  expect(await ask('connections.list')).toEqual({ connections: [], damaged: [damaged[0]] });
  expect(await ask('clients.list')).toMatchObject({ damaged: [damaged[1]] });
  expect(await ask('exports.list')).toEqual({ exports: [], damaged: [damaged[2]] });
  const { findings } = (await ask('doctor')) as { findings: DoctorFinding[] };
  expect(findings.filter(({ check }) => check === 'store').map(({ hint }) => hint)).toEqual([
    expect.stringMatching(/tokentray remove c-1$/),
    expect.stringMatching(/tokentray clients remove o-1$/),
    expect.stringMatching(/tokentray export remove e-1$/),
  ]);
  const told: CoreEvent[] = [];
  core.api.events((event) => told.push(event));
  expect(await ask('connections.remove', { connection: 'other', revoke: false })).toMatchObject({
    code: 'not-found',
  });
  expect(await ask('connections.remove', { connection: 'Lost', revoke: true })).toEqual({
    id: 'c-1',
    revocation: 'not-asked',
    exports: [],
    manageUrl: null,
  });
  expect(await ask('clients.remove', { client: 'o-1' })).toEqual({ id: 'o-1' });
  expect(await ask('exports.remove', { export: 'e-1', keepFile: false })).toEqual({
    id: 'e-1',
    file: '/x/.env',
  });
  expect(await ask('status')).not.toHaveProperty('damaged');
  expect(told.filter(({ type }) => type === 'status')).toHaveLength(3);
  expect(
    store.activity.list({ limit: 9 }).filter(({ event }) => event === 'store.damaged-removed'),
  ).toHaveLength(3);
});

it('tells that a file is not kept up to date any more when its connection is removed', async () => {
  const id = await connectionWithFile();
  const told: CoreEvent[] = [];
  const { events, subscriptions } = coreEvents(core.services);
  events((event) => told.push(event));
  await core.services.connections.remove(id, false);
  await clock.advanceAsync(50);
  await core.services.exports.drain();
  expect(told.filter(({ type }) => type === 'export')).toMatchObject([
    { export: { connection: null, status: { state: 'failed', error: { code: 'not-found' } } } },
  ]);
  await subscriptions.dispose();
});

it('remembers who was given a credential: commands by what they say, keys, and no window', async () => {
  const id = await connectionWithFile();
  const told: CoreEvent[] = [];
  core.api.events((event) => told.push(event));
  const ask = async (from: CallFrom, name: string, input: object = {}): Promise<void> => {
    expect(await core.api.dispatch(from, name, input)).toMatchObject({ ok: true });
  };
  await ask({ caller: 'window' }, 'credentials.reveal', { connection: id, field: 'access_token' });
  await ask({ caller: 'cli' }, 'credentials.get', { connection: id, field: 'site_url' });
  await ask({ caller: 'cli' }, 'credentials.env', { connection: id, program: 'npm' });
  await clock.advanceAsync(10);
  await ask({ caller: 'cli' }, 'credentials.get', { connection: id, field: 'access_token' });
  const added = await core.api.dispatch({ caller: 'window' }, 'remote.add', {
    name: 'laptop',
    connections: [id],
  });
  const [consumer] = core.services.remote.consumers.list();
  if (!added.ok || consumer === undefined) throw new Error('no key');
  await clock.advanceAsync(10);
  await ask({ caller: 'remote', consumer }, 'credentials.env', { program: 'npm' });
  const uses = [
    { kind: 'key', name: 'laptop', consumer: consumer.id },
    { kind: 'get', name: '', count: 1 },
    { kind: 'run', name: 'npm', count: 1 },
  ];
  expect(
    await core.api.dispatch({ caller: 'window' }, 'connections.uses', { connection: 'work' }),
  ).toMatchObject({
    value: { uses },
  });
  await clock.advanceAsync(1000);
  expect(told.findLast(({ type }) => type === 'uses')).toMatchObject({ connection: id, uses });
});
