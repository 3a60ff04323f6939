import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { CALLS, type CallName } from '../../../contract/calls.ts';
import type { Caller } from '../../../contract/vocabulary.ts';
import type { Core } from '../../../main/core/compose.ts';
import type { Result } from '../../../main/lib/result.ts';
import { callCore, composeCore } from '../../fakes/composed-core.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { StoreInFolder } from '../../fakes/store-in-folder.ts';
import { temporaryFolder } from '../../fakes/temporary-folder.ts';
import { acme, signedIn } from './sample.ts';

const ACCESS = 'canary-access-5150';
const REFRESH = 'canary-refresh-5150';

let clock: FakeClock;
let kept: StoreInFolder;
let core: Core;
let id: string;
let folder: string;

beforeEach(async () => {
  clock = new FakeClock();
  kept = new StoreInFolder();
  folder = temporaryFolder();
  core = composeCore({ store: await kept.ready(), clock, home: kept.home });
  onTestFinished(async () => {
    await core.dispose();
    kept.dispose();
  });
  const tokens = { ...signedIn(clock.now()).tokens, accessToken: ACCESS, refreshToken: REFRESH };
  const saved = await core.services.connections.saveSignedIn(
    signedIn(clock.now(), { name: 'acme', site: acme, tokens }),
  );
  if (!saved.ok) throw new Error(saved.error.message);
  id = saved.value;
  // What is looked for below is there.
  for (const connection of [id, 'acme'])
    expect(await callCore(core, 'credentials.get', { connection, field: 'access_token' })).toMatchObject({
      value: ACCESS,
    });
});

/** Every call that names a connection, in each way that leads to one. */
const calls = (connection: string): [CallName, object][] => {
  const at = { connection, folder };
  const file = path.join(folder, '.env');
  return [
    ['connections.find', at],
    ['connections.use', { connection }],
    ['connections.set-site', { connection, site: 'acme' }],
    ['connections.rename', { connection, name: 'mine' }],
    ['connections.remove', { connection, revoke: true }],
    ['connections.refresh', at],
    ['connections.test', at],
    ['connections.pause', { connection, paused: false }],
    ['connections.set-approval', { connection, approval: 'none' }],
    ['credentials.get', { ...at, field: 'access_token' }],
    ['credentials.get', { ...at, field: 'authorization' }],
    ['credentials.reveal', { connection, field: 'access_token' }],
    ['credentials.copy', { connection, field: 'access_token' }],
    ['credentials.env', at],
    ['sign-in.start', { reconnect: connection, open: false }],
    ['exports.add', { file, connection }],
    ['hooks.add', { event: 'token-new', connection, program: '/bin/true', args: [], withToken: true }],
    ['folders.bind', { folder, connection }],
    ['gateway.add', { name: 'tool', connections: [connection], rules: [] }],
    ['gateway.begin-run', { connections: [connection], through: 'gateway', program: 'sh' }],
    ['gateway.begin-run', { connections: [connection], through: 'proxy', program: 'sh' }],
    ['gateway.set-connection-rules', { connection, rules: null }],
    ['remote.add', { name: 'box', connections: [connection] }],
    ['git.install', { target: connection }],
    ['mcp.plan', { client: 'claude-code', connection }],
    ['mcp.header', { connection }],
    ['connections.uses', { connection }],
    ['connections.example', { connection }],
  ];
};

const failed = async (name: CallName, input: object): Promise<string[]> => {
  const codes: string[] = [];
  const allowed: readonly Caller[] = CALLS[name].callers;
  for (const caller of allowed.filter((each) => each !== 'remote')) {
    const answer: Result<unknown> = await core.api.dispatch({ caller }, name, input);
    expect(JSON.stringify(answer), name).not.toMatch(/canary/);
    codes.push(answer.ok ? 'ok' : answer.error.code);
  }
  return codes;
};

const remove = (): Promise<unknown> =>
  callCore(core, 'connections.remove', { connection: id, revoke: false });

async function expectNothing(): Promise<void> {
  for (const reference of [id, 'acme'])
    for (const [name, input] of calls(reference))
      for (const code of await failed(name, input)) expect([name, code]).toEqual([name, 'not-found']);
}

describe('a connection that can still be put back', () => {
  it('gives nothing to anybody: at once, after a lock, under a new key, when its time is over', async () => {
    await remove();
    await expectNothing();
    const { vault } = core.services.store;
    vault.lock({ since: clock.now(), by: 'person' }, { refreshing: false });
    for (const [name, input] of calls(id)) expect(await failed(name, input), name).not.toContain('ok');
    await vault.unlock();
    await callCore(core, 'key.rotate', {});
    await expectNothing();
    await clock.advanceAsync(30_000);
    await expectNothing();
  });

  it('gives nothing through what knew it before: a folder, an env file, a key, a backup', async () => {
    const file = path.join(folder, '.env');
    await callCore(core, 'folders.bind', { folder, connection: id });
    await callCore(core, 'exports.add', { file, connection: id });
    const { key } = await callCore<{ key: string }>(core, 'remote.add', { name: 'box', connections: [id] });
    const consumer = core.services.remote.consumers.authenticate(key) ?? undefined;
    const asRemote = () =>
      core.api.dispatch({ caller: 'remote', consumer }, 'credentials.get', {
        connection: id,
        field: 'access_token',
      });
    expect(await asRemote()).toMatchObject({ ok: true });
    await remove();
    expect(await asRemote()).toMatchObject({ ok: false, error: { code: 'not-found' } });
    expect(await failed('credentials.get', { folder, field: 'access_token' })).toEqual(['not-found']);
    writeFileSync(file, '');
    await callCore(core, 'exports.write', {});
    expect(readFileSync(file, 'utf8')).not.toContain('canary');
    const copy = core.services.store.copies.read();
    expect(JSON.stringify(copy)).not.toMatch(/canary/);
  });
});
