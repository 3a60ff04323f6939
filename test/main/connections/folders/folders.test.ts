import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { CallOutput } from '../../../../contract/calls.ts';
import type { ProviderId } from '../../../../contract/ids.ts';
import type { Core } from '../../../../main/core/compose.ts';
import { callCore, composeCore } from '../../../fakes/composed-core.ts';
import { memoryStore } from '../../../fakes/memory-store.ts';
import { temporaryFolder } from '../../../fakes/temporary-folder.ts';
import { beta, signedIn } from '../sample.ts';

let core: Core;
let folder: string;
let inner: string;
const own = (where = folder): string => path.join(where, '.tokentray');

beforeEach(async () => {
  const store = memoryStore();
  core = composeCore({ store, home: temporaryFolder() });
  onTestFinished(async () => {
    await core.dispose();
    store.close();
  });
  folder = path.join(temporaryFolder(), 'project');
  inner = path.join(folder, 'src');
  mkdirSync(inner, { recursive: true });
  const now = Date.now();
  const tokens = (accessToken: string) => ({ tokens: { ...signedIn(now).tokens, accessToken } });
  const connect = (change: Parameters<typeof signedIn>[1]) =>
    core.services.connections.saveSignedIn(signedIn(now, change));
  await connect({ name: 'acme', ...tokens('token-acme') });
  await connect({ name: 'beta', site: beta, ...tokens('token-beta') });
  const bitbucket = 'bitbucket' as ProviderId;
  await connect({ name: 'repos', provider: bitbucket, site: null, sites: [], ...tokens('token-repos') });
});

const bind = (connection: string, change: object = {}) =>
  core.api.dispatch({ caller: 'cli' }, 'folders.bind', { folder, connection, ...change });
const token = async (input: object = { folder: inner }): Promise<string> => {
  const request = { field: 'access_token', ...input };
  return (await callCore<CallOutput<'credentials.get'>>(core, 'credentials.get', request)).value;
};

describe('a folder that is bound', () => {
  it('decides for itself and those below, whichever connection is active, unless one is named', async () => {
    expect(await bind('beta')).toMatchObject({ ok: true, value: { file: own() } });
    expect(await token()).toBe('token-beta');
    expect(await token({ folder: inner, connection: 'acme' })).toBe('token-acme');
    await callCore(core, 'connections.use', { connection: 'acme' });
    expect(await token()).toBe('token-beta');
    const env = { folder: inner, format: 'dotenv' };
    expect(await callCore(core, 'credentials.env', env)).toMatchObject({ connection: { name: 'beta' } });
    const run = { folder: inner, through: 'gateway', program: 'x' };
    await callCore(core, 'gateway.begin-run', run);
    const [of] = core.services.gateway.view().consumers;
    const named = core.services.connections.resolve('beta');
    expect(of?.connections).toEqual([named.ok && named.value.id]);
  });

  it('outlives a rename, and fails when its connection is removed', async () => {
    await bind('beta');
    await callCore(core, 'connections.rename', { connection: 'beta', name: 'gamma' });
    expect(await token()).toBe('token-beta');
    await callCore(core, 'connections.remove', { connection: 'gamma', revoke: false });
    await expect(token()).rejects.toThrow(`not-found: ${own()} binds this folder to “beta”`);
    await callCore(core, 'folders.bind', { folder, connection: 'acme' });
    expect(await token()).toBe('token-acme');
  });

  it('may be bound to one connection of each provider: the last one first, or that of the API', async () => {
    await bind('acme');
    await bind('repos');
    expect(await token()).toBe('token-repos');
    expect(await token({ folder, api: 'jira' })).toBe('token-acme');
    await bind('beta');
    expect(JSON.parse(readFileSync(own(), 'utf8'))).toMatchObject({
      connections: [{ connection: 'beta' }, { connection: 'repos' }],
    });
  });

  it('has no secret in its file, and a shared one nothing that only this person knows', async () => {
    await bind('beta', { shared: true });
    expect(readFileSync(own(), 'utf8')).toBe(
      '{\n  "provider": "atlassian",\n  "site": "beta.atlassian.net"\n}\n',
    );
    expect(await token()).toBe('token-beta');
  });

  it('is unbound again: of one connection, or all', async () => {
    await bind('acme');
    await bind('repos');
    const unbind = (change: object = {}) =>
      core.api.dispatch({ caller: 'cli' }, 'folders.unbind', { folder, ...change });
    expect(await unbind({ connection: 'repos' })).toMatchObject({ ok: true });
    expect(await token()).toBe('token-acme');
    expect(await unbind({ connection: 'beta' })).toMatchObject({ error: { code: 'not-found' } });
    expect(await unbind({ folder: inner })).toMatchObject({
      error: { hint: expect.stringContaining(own()) as string },
    });
    expect(await unbind()).toMatchObject({ ok: true, value: { file: own(), binding: null } });
    expect(existsSync(own())).toBe(false);
    expect(await unbind()).toMatchObject({ error: { code: 'not-found' } });
  });
});

it('is listed as long as it is bound by its own file', async () => {
  const listed = () => callCore<CallOutput<'folders.list'>>(core, 'folders.list', {});
  await bind('beta');
  await callCore(core, 'folders.bind', { folder: inner, connection: 'acme' });
  expect(await listed()).toMatchObject({
    folders: [
      { file: own(), bound: [{ connection: { name: 'beta' } }] },
      { file: own(inner), bound: [{ connection: { name: 'acme' } }] },
    ],
  });
  rmSync(own(inner));
  expect((await listed()).folders).toHaveLength(1);
  await callCore(core, 'folders.unbind', { folder });
  expect(await listed()).toEqual({ folders: [] });
});

it.each<[string, () => void]>([
  [
    'a link',
    () => {
      symlinkSync('elsewhere', own());
    },
  ],
  [
    'a folder',
    () => {
      mkdirSync(own());
    },
  ],
  [
    'the file of another program',
    () => {
      writeFileSync(own(), 'version: 1\n');
    },
  ],
])('never writes over %s', async (_, put) => {
  put();
  expect(await bind('acme')).toMatchObject({ ok: false });
  expect(existsSync(path.join(folder, 'elsewhere'))).toBe(false);
});

it('does not bind a folder to which others may write', async () => {
  chmodSync(folder, 0o1777);
  expect(await bind('acme')).toMatchObject({ error: { code: 'refused' } });
});

describe('an env file in a folder that is bound', () => {
  const file = (): string => path.join(inner, '.env');
  const content = (): string => readFileSync(file(), 'utf8');

  it('follows the folder, and not the active connection', async () => {
    await bind('beta');
    expect(await callCore(core, 'exports.add', { file: file() })).toMatchObject({
      target: { follows: 'folder', folder: inner },
      connection: { name: 'beta' },
    });
    await callCore(core, 'connections.use', { connection: 'acme' });
    await core.services.exports.drain();
    expect(content()).toContain('token-beta');
    await bind('acme');
    await core.services.exports.drain();
    expect(content()).toContain('token-acme');
  });

  it('is rewritten when somebody else changes the binding, here or nearer', async () => {
    await bind('beta');
    await callCore(core, 'exports.add', { file: file() });
    writeFileSync(own(), '{"connection":"acme"}');
    await expect.poll(content).toContain('token-acme');
    writeFileSync(own(inner), '{"connection":"beta"}');
    await expect.poll(content).toContain('token-beta');
  });

  it('keeps its content and says so when the folder is no longer bound', async () => {
    await bind('beta');
    await callCore(core, 'exports.add', { file: file() });
    await callCore(core, 'folders.unbind', { folder });
    await core.services.exports.drain();
    expect(content()).toContain('token-beta');
    expect(core.services.exports.list()).toMatchObject([
      {
        status: { state: 'failed', error: { message: expect.stringContaining('no longer bound') as string } },
      },
    ]);
    // What it is told to follow instead, it follows.
    await callCore(core, 'exports.add', { file: file(), connection: 'acme' });
    expect(content()).toContain('token-acme');
    expect(core.services.exports.list()).toHaveLength(1);
  });
});
