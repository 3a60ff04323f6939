import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CallInput, CallName } from '../../contract/calls.ts';
import type { ConnectionView } from '../../contract/connection.ts';
import { ProviderId } from '../../contract/ids.ts';
import type { SignInView } from '../../contract/sign-in.ts';
import type { Core } from '../../main/core/compose.ts';
import type { Store } from '../../main/store/ports.ts';
import { callCore, composeCore } from '../fakes/composed-core.ts';
import { memoryStore } from '../fakes/memory-store.ts';
import { temporaryFolder } from '../fakes/temporary-folder.ts';
import { newAuthority, newCertificate } from './support/certificates.ts';
import { fetchTrusting } from './support/fetch-trusting.ts';
import { fastPolling, writeStandardProvider } from './support/standard-provider.ts';
import { startStandardServer, type StandardServer } from './support/standard-server.ts';

// A company's server: its certificate is signed by an authority that nobody else trusts. Whatever request went by other
// settings than those that name the authority would fail.
const COMPANY = ProviderId.parse('standard');

let server: StandardServer;
let folder: string;
let caFile: string;
let store: Store;
let core: Core;

beforeEach(async () => {
  folder = temporaryFolder();
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
});

function start(network: object, oauth2: Record<string, unknown> = {}): void {
  writeStandardProvider(folder, { issuer: server.issuer, ...oauth2 }, { network });
  core = composeCore({ store, home: folder, clock: fastPolling });
}
/** A view of a call that must not fail. */
const call = <T>(name: CallName, input: object): Promise<T> => callCore(core, name, input);
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
    const [client] = (await call<{ clients: { id: string }[] }>('clients.list', { provider: COMPANY }))
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
