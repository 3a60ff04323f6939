import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CallInput } from '../../contract/calls.ts';
import type { ConnectionView } from '../../contract/connection.ts';
import { ProviderId } from '../../contract/ids.ts';
import type { SignInView } from '../../contract/sign-in.ts';
import { compose, type Core } from '../../main/core/compose.ts';
import { systemClock, type Clock } from '../../main/lib/clock.ts';
import { silentLogger } from '../../main/lib/log.ts';
import type { Store } from '../../main/store/ports.ts';
import { fakeHost } from '../fakes/fake-host.ts';
import { memoryStore } from '../fakes/memory-store.ts';
import { newAuthority, newCertificate } from './support/certificates.ts';
import { fetchTrusting } from './support/fetch-trusting.ts';
import { startStandardServer, type StandardServer } from './support/standard-server.ts';

// A company's server: its certificate is signed by an authority that nobody else trusts. Whatever request went by other
// settings than those that name the authority would fail.
const COMPANY = ProviderId.parse('company');

let server: StandardServer;
let folder: string;
let caFile: string;
let store: Store;
let core: Core;

/** Ten times as fast, so that polling costs little. */
const clock: Clock = {
  ...systemClock,
  setTimeout: (callback, delayMs) => systemClock.setTimeout(callback, delayMs / 10),
};

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'tokentray-way-out-'));
  const authority = await newAuthority();
  caFile = path.join(folder, 'ca.pem');
  writeFileSync(caFile, authority.cert);
  const { cert, key } = await newCertificate(authority);
  server = await startStandardServer({ tls: { cert, key }, browserFetch: fetchTrusting(authority.cert) });
  store = memoryStore();
});
afterEach(async () => {
  await core.dispose();
  store.close();
  await server.dispose();
  rmSync(folder, { recursive: true });
});

function start(network: object, oauth2: Record<string, unknown> = {}): void {
  mkdirSync(path.join(folder, 'providers'), { recursive: true });
  const definition = {
    id: 'company',
    name: 'Company',
    network,
    methods: [
      {
        method: 'oauth2',
        discovery: true,
        issuer: server.issuer,
        authorizationParameters: { prompt: 'consent' },
        defaultScopes: ['openid', 'offline_access', 'profile', 'email'],
        redirectPort: 'any',
        ...oauth2,
      },
    ],
    identity: { kind: 'userinfo' },
  };
  writeFileSync(path.join(folder, 'providers', 'company.json'), JSON.stringify(definition));
  core = compose({
    store,
    host: fakeHost(),
    home: folder,
    socket: '',
    sandbox: null,
    clock,
    logger: silentLogger,
    stop: () => undefined,
    restart: () => undefined,
    openSandbox: () => Promise.reject(new Error('no sandbox here')),
  });
}
async function call<T>(name: Parameters<Core['api']['dispatch']>[1], input: object): Promise<T> {
  const result = await core.api.dispatch('cli', name, input);
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
  return result.value as T;
}
async function connect(request: Partial<CallInput<'sign-in.start'>>): Promise<ConnectionView> {
  let view = await call<SignInView>('sign-in.start', { open: false, ...request });
  const { stage } = view;
  if (stage.stage === 'enter-code') await server.browse(stage.completeUrl ?? '');
  else if (stage.stage === 'waiting') await fetch((await server.browse(stage.authorizeUrl)) ?? '');
  while (view.stage.stage !== 'done' && view.stage.stage !== 'failed')
    view = await call('sign-in.wait', { signIn: view.id, while: view.stage.stage });
  if (view.stage.stage === 'failed') throw new Error(view.stage.error.message);
  const connection = core.services.connections.view(view.stage.connection);
  if (!connection.ok) throw new Error(connection.error.message);
  return connection.value;
}
const deletions = (): number => server.received.filter(({ method }) => method === 'DELETE').length;

describe('the network settings of a provider file', () => {
  test('reach discovery, registration, tokens, identity, revocation and the end of the registration', async () => {
    start({ caFile });
    const { id, account } = await connect({ provider: COMPANY });
    expect(account.name).toBe('Person ana');
    await call('connections.refresh', { connection: id });
    expect(await call('connections.test', { connection: id })).toMatchObject({ ok: true });
    expect(await call('connections.remove', { connection: id, revoke: true })).toMatchObject({
      revocation: 'accepted',
    });
    const [client] = (await call<{ clients: { id: string }[] }>('clients.list', { provider: 'company' }))
      .clients;
    await call('clients.remove', { client: client?.id });
    await expect.poll(deletions).toBe(1);
  });

  test('reach a device’s request for a code and its polls', async () => {
    start({ caFile }, { grants: ['device-code'] });
    const { grant } = await connect({ provider: COMPANY });
    expect(grant).toBe('device-code');
  });

  test('that are missing are what the failure is about', async () => {
    start({});
    await expect(connect({ provider: COMPANY })).rejects.toThrow(
      /offline: The sign-in could not begin: the certificate .* is signed by “Acme Root CA”/,
    );
  });
});

describe.each(['authorization-code', 'device-code'] as const)(
  'the network settings of a connection, %s',
  (grant) => {
    test('reach everything that reconnects it, and the search for a server that moved', async () => {
      start({ caFile }, { grants: [grant] });
      const { id } = await connect({ provider: COMPANY });
      await core.dispose();
      start({}, { grants: [grant] });
      await expect(connect({ reconnect: id })).rejects.toThrow('Acme Root CA');
      await call('network.set', { connection: id, change: { caFile } });
      expect((await connect({ reconnect: id })).id).toBe(id);

      const [client] = store.clients.list();
      if (!client) throw new Error('no client');
      const tokenUrl = `${server.issuer}/old/token`;
      store.clients.update({
        ...client,
        servers: (client.servers ?? []).map((known) => ({ ...known, tokenUrl })),
      });
      await core.dispose();
      start({}, { grants: [grant] });
      expect(await core.services.refresher.refresh(id)).toMatchObject({ value: { kind: 'transient' } });
      await expect
        .poll(() => store.clients.get(client.id)?.servers?.[0]?.tokenUrl)
        .toBe(`${server.issuer}/token`);
      expect(await core.services.refresher.refresh(id)).toMatchObject({ value: { kind: 'refreshed' } });
    });
  },
);
