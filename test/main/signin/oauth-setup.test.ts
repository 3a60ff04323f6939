import { beforeEach, describe, expect, test } from 'vitest';
import { ProviderId } from '../../../contract/ids.ts';
import type { Fetch } from '../../../main/lib/bounded-fetch.ts';
import { fail, ok, type Result } from '../../../main/lib/result.ts';
import type { DiscoveredServer } from '../../../main/oauth/discovered-server.ts';
import type { ProviderDefinition } from '../../../main/providers/definition.ts';
import { StoredOAuthClients } from '../../../main/providers/oauth-clients.ts';
import { OAuthSetup, type OAuthParties } from '../../../main/signin/oauth-setup.ts';
import type { Store } from '../../../main/store/ports.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { memoryStore } from '../../fakes/memory-store.ts';
import { definitionWith } from '../oauth/oauth2-settings.ts';

const PROVIDER = ProviderId.parse('acme');
const ISSUER = 'https://auth.example';
const SERVER: DiscoveredServer = {
  of: ISSUER,
  issuer: ISSUER,
  authorizationUrl: `${ISSUER}/authorize`,
  tokenUrl: `${ISSUER}/token`,
  registrationUrl: `${ISSUER}/register`,
  namesIssuer: false,
  clientIdDocuments: false,
  clientAuthentication: ['client_secret_post', 'none'],
  grantTypes: ['authorization_code'],
};
const DISCOVERED = { discovery: true, issuer: ISSUER };

let store: Store;
let clock: FakeClock;
let server: Result<DiscoveredServer | null>;
let registered: Record<string, unknown>[];
/** Fields of the next registration. */
let answer: Record<string, unknown>;
let tokenError: string;
beforeEach(() => {
  store = memoryStore();
  clock = new FakeClock();
  server = ok(SERVER);
  registered = [];
  answer = {};
  tokenError = 'invalid_grant';
});

const fetch: Fetch = (url, init) => {
  if (String(url).endsWith('/token'))
    return Promise.resolve(Response.json({ error: tokenError }, { status: 400 }));
  registered.push(JSON.parse(init?.body as string) as Record<string, unknown>);
  return Promise.resolve(
    Response.json({ client_id: `dyn-${registered.length}`, ...answer }, { status: 201 }),
  );
};
function setUp(oauth2: Record<string, unknown> = DISCOVERED, rest: Record<string, unknown> = {}) {
  const definition: ProviderDefinition = definitionWith(oauth2, rest);
  const clients = new StoredOAuthClients({
    store,
    registry: { list: () => [], get: () => ok(definition) },
    clock,
  });
  const setup = new OAuthSetup({ clients, discovery: { find: () => Promise.resolve(server) }, fetch, clock });
  const prepare = (
    client?: string,
    grant: 'authorization-code' | 'client-credentials' = 'authorization-code',
  ) => setup.prepare({ provider: PROVIDER, client, reconnects: null }, definition, grant);
  return { clients, setup, prepare };
}
const parties = async (result: Promise<Result<OAuthParties>>): Promise<OAuthParties> => {
  const prepared = await result;
  if (!prepared.ok) throw new Error(prepared.error.message);
  return prepared.value;
};

describe('the client to sign in with', () => {
  test('is registered with what the server offers, once', async () => {
    const { prepare } = setUp();
    const first = await parties(prepare());
    expect(first).toMatchObject({
      settings: { tokenUrl: `${ISSUER}/token`, clientAuthentication: 'none' },
      client: { clientId: 'dyn-1', origin: 'registered', servers: [SERVER] },
      secret: null,
    });
    expect(registered).toMatchObject([{ grant_types: ['authorization_code'] }]);
    expect((await parties(setUp().prepare())).client.id).toBe(first.client.id);
    expect(registered).toHaveLength(1);
  });

  test('needs no discovery where the definition has a registration address', async () => {
    server = ok(null);
    const { prepare } = setUp({ registrationUrl: `${ISSUER}/register` });
    expect((await parties(prepare())).client.clientId).toBe('dyn-1');
  });

  test('is the person’s own where there is one, and the named one', async () => {
    const { clients, prepare } = setUp();
    await clients.add({ provider: PROVIDER, clientId: 'own' });
    expect((await parties(prepare())).client.clientId).toBe('own');
    expect(await prepare('other')).toMatchObject({ ok: false, error: { code: 'not-found' } });
    expect(registered).toEqual([]);
  });

  test('is never registered for an account of its own', async () => {
    expect(await setUp().prepare(undefined, 'client-credentials')).toMatchObject({ ok: false });
    expect(registered).toEqual([]);
  });

  test('is an address only at a server that looks it up', async () => {
    const document = { ...DISCOVERED, client: { clientId: 'https://app.example/client.json' } };
    expect((await parties(setUp(document).prepare())).client.clientId).toBe('dyn-1');
    server = ok({ ...SERVER, clientIdDocuments: true });
    expect((await parties(setUp(document).prepare())).client.clientId).toBe(
      'https://app.example/client.json',
    );
  });

  test.each<[string, () => void | Promise<void>]>([
    [
      'the server refused it',
      () => {
        setUp().clients.refuseRegistration(store.clients.list()[0]!.id);
      },
    ],
    [
      'its secret has expired',
      () => {
        clock.advance(3 * 3_600_000);
        answer = {};
      },
    ],
    [
      'the server registers elsewhere now',
      () => {
        server = ok({ ...SERVER, registrationUrl: `${ISSUER}/v2/register` });
      },
    ],
  ])('is registered again when %s', async (_, happen) => {
    answer = {
      client_secret: 's',
      token_endpoint_auth_method: 'client_secret_post',
      client_secret_expires_at: clock.now() / 1000 + 7200,
    };
    const first = await parties(setUp().prepare());
    expect(first.secret).toBe('s');
    await happen();
    const second = await parties(setUp().prepare());
    expect(second.client.clientId).toBe('dyn-2');
    // Named, as a reconnect does, it is the new one too.
    expect((await parties(setUp().prepare(second.client.id))).client.clientId).toBe('dyn-2');
  });

  test.each([
    ['invalid_client', 2],
    ['invalid_grant', 1],
    ['server_error', 1],
  ])('is asked about after a sign-in without an answer: %s', async (error, count) => {
    const { setup, prepare } = setUp();
    const { client } = await parties(prepare());
    tokenError = error;
    setup.unanswered(client);
    await parties(prepare());
    await parties(prepare());
    expect(registered).toHaveLength(count);
  });
});

test('without metadata nothing is registered', async () => {
  server = fail('refused', 'no');
  expect(await setUp().prepare()).toMatchObject({ ok: false, error: { code: 'refused' } });
  expect(registered).toEqual([]);
});

test('a self-hosted product needs its address first', async () => {
  const { prepare } = setUp(
    { discovery: true, issuer: '{instance}' },
    { instance: { example: 'https://git.acme.example' } },
  );
  expect(await prepare()).toMatchObject({ ok: false, error: { code: 'invalid-input' } });
});
