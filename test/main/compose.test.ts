import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { CoreEvent } from '../../contract/events.ts';
import type { SignInView } from '../../contract/sign-in.ts';
import { coreEvents } from '../../main/api/core-events.ts';
import { compose, type Core } from '../../main/compose.ts';
import { Emitter } from '../../main/lib/emitter.ts';
import { silentLogger } from '../../main/lib/log.ts';
import { ok } from '../../main/lib/result.ts';
import type { Store } from '../../main/store/ports.ts';
import { FakeClock } from '../fakes/fake-clock.ts';
import { memoryStore } from '../fakes/memory-store.ts';
import { sampleConnection, sampleTokens } from '../fakes/sample-connection.ts';
import { acme, beta } from './connections/sample.ts';

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
  core = compose({
    store,
    host: {
      kind: 'browser',
      clipboard: null,
      onPower: new Emitter<never>().event,
      openUrl: () => Promise.resolve(ok(undefined)),
      updater: null,
      openWindow: () => Promise.resolve(ok({ url: null })),
      dispose: () => undefined,
    },
    home: path.join(folder, 'home'),
    socket: '',
    sandbox: null,
    clock,
    logger: silentLogger,
    stop: () => undefined,
    openSandbox: () => Promise.reject(new Error('no sandbox here')),
  });
});

afterEach(async () => {
  await core.dispose();
  expect(clock.pendingTimers).toBe(0);
  store.close();
  rmSync(folder, { recursive: true });
});

/** A connection with two sites, and a file that follows it by id. */
async function connectionWithFile(): Promise<string> {
  const added = store.connections.insert(
    sampleConnection({ name: 'work', site: acme, sites: [acme, beta] }),
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
  await core.api.dispatch('cli', 'providers.reload', {});
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
  await core.api.dispatch('cli', 'settings.set', { refreshingPaused: true });
  await core.api.dispatch('cli', 'settings.set', { refreshingPaused: false });
  expect(told).toEqual([
    ['paused', false],
    ['connected', true],
  ]);
  await core.api.dispatch('cli', 'settings.set', { refreshingPaused: true });
  const get = () =>
    core.api.dispatch('cli', 'credentials.get', { connection: 'work', field: 'access_token' });
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
