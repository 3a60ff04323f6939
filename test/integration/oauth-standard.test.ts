import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CallInput, CallName } from '../../contract/calls.ts';
import type { ConnectionView } from '../../contract/connection.ts';
import type { OAuthClientView } from '../../contract/provider.ts';
import type { SignInView } from '../../contract/sign-in.ts';
import type { Core } from '../../main/core/compose.ts';
import type { Store } from '../../main/store/ports.ts';
import { callCore, composeCore } from '../fakes/composed-core.ts';
import { memoryStore } from '../fakes/memory-store.ts';
import { temporaryFolder } from '../fakes/temporary-folder.ts';
import { fastPolling, writeStandardProvider } from './support/standard-provider.ts';
import { startStandardServer, type StandardServer } from './support/standard-server.ts';

// The whole core against a certified server that nobody here wrote, which is known by its issuer alone.
let server: StandardServer;
let folder: string;
let store: Store;
let core: Core;

const start = (): void => {
  core = composeCore({ store, home: folder, clock: fastPolling });
};
/** As after the app was started again. */
async function restart(): Promise<void> {
  await core.dispose();
  start();
}

beforeEach(async () => {
  server = await startStandardServer();
  folder = temporaryFolder();
  store = memoryStore();
});
afterEach(async () => {
  await core.dispose();
  store.close();
  await server.dispose();
});

/** A provider file that names no address but the issuer, or what `oauth2` says instead. */
function define(oauth2: Record<string, unknown>, rest: Record<string, unknown> = {}): void {
  writeStandardProvider(folder, oauth2, rest);
  start();
}

/** A view of a call that must not fail. */
const call = <T>(name: CallName, input: object): Promise<T> => callCore(core, name, input);
const begin = (request: Partial<CallInput<'sign-in.start'>> = {}): Promise<SignInView> =>
  call('sign-in.start', { provider: 'standard', open: false, ...request });

async function ended(signIn: SignInView): Promise<SignInView['stage']> {
  let view = signIn;
  while (view.stage.stage !== 'done' && view.stage.stage !== 'failed')
    view = await call('sign-in.wait', { signIn: view.id, while: view.stage.stage });
  return view.stage;
}

/** Signs in through the browser; gives the connection. */
async function connect(
  request: Partial<CallInput<'sign-in.start'>> = {},
  login = 'ana',
): Promise<ConnectionView> {
  const signIn = await begin(request);
  if (signIn.stage.stage !== 'waiting') throw new Error(`stage ${signIn.stage.stage}`);
  const callback = await server.browse(signIn.stage.authorizeUrl, { login });
  if (callback === null) throw new Error('the server does not come back');
  await fetch(callback);
  return connectionOf(await ended(signIn));
}
function connectionOf(stage: SignInView['stage']): ConnectionView {
  if (stage.stage !== 'done') throw new Error(JSON.stringify(stage));
  const view = core.services.connections.view(stage.connection);
  if (!view.ok) throw new Error(view.error.message);
  return view.value;
}
const clients = async (): Promise<OAuthClientView[]> =>
  (await call<{ clients: OAuthClientView[] }>('clients.list', { provider: 'standard' })).clients;
const registrations = (): number =>
  server.received.filter(({ method, path }) => method === 'POST' && path === '/reg').length;
const tokenRequests = (): URLSearchParams[] =>
  server.received.filter(({ path }) => path === '/token').map(({ body }) => new URLSearchParams(body));

describe('known by its issuer alone, a server', () => {
  test('is discovered, registers us once, and connects; a restart changes nothing', async () => {
    define({ issuer: server.issuer });
    const connection = await connect();
    expect(connection).toMatchObject({
      account: { id: 'ana', name: 'Person ana', email: 'ana@oidc.example' },
      canRefresh: true,
    });
    expect(await clients()).toMatchObject([{ origin: 'registered', hasSecret: false, name: 'Standard' }]);
    await restart();
    expect((await connect({}, 'ben')).account.name).toBe('Person ben');
    expect(registrations()).toBe(1);
    expect(await clients()).toMatchObject([{ connections: 2 }]);
    expect(await call('connections.test', { connection: connection.id })).toMatchObject({ ok: true });
  });

  test('is refreshed and revoked after a restart while its metadata cannot be read', async () => {
    define({ issuer: server.issuer });
    const { id } = await connect();
    await restart();
    server.hideMetadata(true);
    const refreshed = await call<ConnectionView>('connections.refresh', { connection: id });
    expect(refreshed.lastRefreshAt).not.toBeNull();
    expect(refreshed.status.state).not.toBe('needs-reconnect');
    expect(
      await core.api.dispatch({ caller: 'cli' }, 'sign-in.start', { provider: 'standard', open: false }),
    ).toMatchObject({
      ok: false,
      error: { code: 'temporary' },
    });
    expect(await call('connections.remove', { connection: id, revoke: true })).toMatchObject({
      revocation: 'accepted',
    });
  });

  test('that moved its token address is found again', async () => {
    define({ issuer: server.issuer });
    const { id } = await connect();
    const [client] = await clients();
    const record = store.clients.get(client!.id)!;
    const moved = (record.servers ?? []).map((known) => ({
      ...known,
      tokenUrl: `${server.issuer}/old/token`,
    }));
    store.clients.update({ ...record, servers: moved });
    await restart();
    expect(await core.services.refresher.refresh(id)).toMatchObject({ value: { kind: 'transient' } });
    await expect
      .poll(() => store.clients.get(record.id)?.servers?.[0]?.tokenUrl)
      .toBe(`${server.issuer}/token`);
    expect(await core.services.refresher.refresh(id)).toMatchObject({ value: { kind: 'refreshed' } });
  });

  test('that forgot us at a refresh registers us again at the next sign-in', async () => {
    define({ issuer: server.issuer });
    const { id } = await connect();
    server.forgetClients();
    await call('connections.refresh', { connection: id }).catch(() => undefined);
    expect(await call('connections.list', {})).toMatchObject({
      connections: [{ status: { state: 'needs-reconnect', fault: 'grant' } }],
    });
    const signIn = await begin({ provider: undefined, reconnect: id });
    if (signIn.stage.stage !== 'waiting') throw new Error('not waiting');
    await fetch((await server.browse(signIn.stage.authorizeUrl)) ?? '');
    expect(connectionOf(await ended(signIn))).toMatchObject({ id, status: { state: 'connected' } });
    expect(registrations()).toBe(2);
  });

  test('that forgot us in the browser is asked before the next try', async () => {
    define({ issuer: server.issuer });
    await connect();
    server.forgetClients();
    const lost = await begin();
    if (lost.stage.stage !== 'waiting') throw new Error('not waiting');
    await expect(server.browse(lost.stage.authorizeUrl)).rejects.toThrow(/answered 400: invalid_client/);
    await call('sign-in.cancel', { signIn: lost.id });
    expect((await connect()).account.id).toBe('ana');
    expect(registrations()).toBe(2);
  });

  test('keeps one registration for sign-ins at the same time, and deletes it with the client', async () => {
    define({ issuer: server.issuer });
    const both = await Promise.all([begin(), begin()]);
    expect(registrations()).toBe(1);
    const [client] = await clients();
    for (const { id } of both) await call('sign-in.cancel', { signIn: id });
    await call('clients.remove', { client: client?.id });
    await expect.poll(() => server.received.filter(({ method }) => method === 'DELETE')).toHaveLength(1);
    expect(await clients()).toEqual([]);
  });

  test('whose callback does not name it is not believed', async () => {
    define({ issuer: server.issuer });
    const signIn = await begin();
    if (signIn.stage.stage !== 'waiting') throw new Error('not waiting');
    const callback = new URL((await server.browse(signIn.stage.authorizeUrl)) ?? '');
    callback.searchParams.delete('iss');
    expect((await fetch(callback)).status).toBe(400);
    callback.searchParams.set('iss', `${server.issuer}/`);
    expect((await fetch(callback)).status).toBe(400);
    callback.searchParams.set('iss', server.issuer);
    expect((await fetch(callback)).status).toBe(200);
    expect((await ended(signIn)).stage).toBe('done');
  });

  test('may be told any port: a taken one is no obstacle', async () => {
    define({ issuer: server.issuer });
    const first = await begin();
    const taken = await startStandardServer();
    const port = new URL(taken.issuer).port;
    await call('sign-in.cancel', { signIn: first.id });
    const [registered] = await clients();
    const record = store.clients.get(registered!.id)!;
    store.clients.update({ ...record, redirectUri: `http://127.0.0.1:${port}/callback` });
    const signIn = await begin();
    expect(signIn.stage).toMatchObject({ stage: 'waiting', listening: true, notice: null });
    if (signIn.stage.stage !== 'waiting') throw new Error('not waiting');
    expect(new URL(signIn.stage.redirectUri).port).not.toBe(port);
    await fetch((await server.browse(signIn.stage.authorizeUrl)) ?? '');
    expect((await ended(signIn)).stage).toBe('done');
    await taken.dispose();
  });
});

describe('a protected resource', () => {
  test('leads to its server, and is named in every request', async () => {
    define(
      { resource: server.resource, defaultScopes: ['openid', 'offline_access', 'read'] },
      { identity: { kind: 'id-token' } },
    );
    const signIn = await begin();
    if (signIn.stage.stage !== 'waiting') throw new Error('not waiting');
    expect(new URL(signIn.stage.authorizeUrl).searchParams.get('resource')).toBe(server.resource);
    await fetch((await server.browse(signIn.stage.authorizeUrl)) ?? '');
    const { id, account } = connectionOf(await ended(signIn));
    expect(account.id).toBe('ana');
    await restart();
    await call('connections.refresh', { connection: id });
    expect(tokenRequests().map((form) => [form.get('grant_type'), form.get('resource')])).toEqual([
      ['authorization_code', server.resource],
      ['refresh_token', server.resource],
    ]);
  });
});

describe('the device flow', () => {
  const device = { grants: ['device-code'] };

  test('connects, and the connection is refreshed like any other', async () => {
    define({ issuer: server.issuer, ...device });
    const signIn = await begin({ grant: 'device-code' });
    expect(signIn.stage).toMatchObject({
      stage: 'enter-code',
      userCode: expect.stringMatching(/^\w{4}-\w{4}$/) as string,
      verificationUrl: `${server.issuer}/device`,
    });
    if (signIn.stage.stage !== 'enter-code') throw new Error('no code');
    await server.browse(signIn.stage.completeUrl ?? '');
    const connection = connectionOf(await ended(signIn));
    expect(connection).toMatchObject({
      grant: 'device-code',
      account: { name: 'Person ana' },
      canRefresh: true,
    });
    await restart();
    await call('connections.refresh', { connection: connection.id });
    expect(tokenRequests().at(-1)?.get('grant_type')).toBe('refresh_token');
  });

  test('reads the ID token where the account is in it', async () => {
    define({ issuer: server.issuer, ...device }, { identity: { kind: 'id-token' } });
    const signIn = await begin();
    if (signIn.stage.stage !== 'enter-code') throw new Error('no code');
    await server.browse(signIn.stage.completeUrl ?? '');
    expect(connectionOf(await ended(signIn)).account.id).toBe('ana');
  });

  test('ends when the person refuses', async () => {
    define({ issuer: server.issuer, ...device });
    const signIn = await begin();
    if (signIn.stage.stage !== 'enter-code') throw new Error('no code');
    await server.browse(signIn.stage.completeUrl ?? '', { decision: 'deny' });
    expect(await ended(signIn)).toMatchObject({ stage: 'failed', error: { code: 'denied' } });
  });

  test('can be cancelled, and asks no more', async () => {
    define({ issuer: server.issuer, ...device });
    const signIn = await begin();
    await expect.poll(() => tokenRequests().length).toBeGreaterThan(0);
    await call('sign-in.cancel', { signIn: signIn.id });
    expect(await ended(signIn)).toMatchObject({ stage: 'failed', error: { code: 'cancelled' } });
    const asked = tokenRequests().length;
    await new Promise((resolve) => setTimeout(resolve, 1200));
    expect(tokenRequests()).toHaveLength(asked);
  });
});

test('client credentials go where discovery says, and are renewed', async () => {
  define({ issuer: server.issuer, grants: ['client-credentials'], defaultScopes: [] });
  const { clientId, clientSecret } = server.service;
  await call('clients.add', { provider: 'standard', clientId, clientSecret });
  const connection = connectionOf(await ended(await begin({ grant: 'client-credentials' })));
  expect(connection).toMatchObject({
    grant: 'client-credentials',
    account: { id: clientId },
    canRefresh: true,
  });
  await restart();
  await call('connections.refresh', { connection: connection.id });
  expect(tokenRequests().map((form) => form.get('grant_type'))).toEqual([
    'client_credentials',
    'client_credentials',
  ]);
});
