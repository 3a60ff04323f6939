import { describe, expect, test } from 'vitest';
import { OAuthClientId, ProviderId } from '../../../contract/ids.ts';
import { OAuthClientView } from '../../../contract/provider.ts';
import { fail, ok, type Result } from '../../../main/lib/result.ts';
import { ProviderDefinition } from '../../../main/providers/definition.ts';
import { oauth2Of, type OAuth2Settings } from '../../../main/providers/methods.ts';
import { StoredOAuthClients } from '../../../main/providers/oauth-clients.ts';
import type { OAuthClientStore } from '../../../main/store/ports.ts';
import type { ConnectionRecord, OAuthClientRecord } from '../../../main/store/records.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';

const PROVIDER = ProviderId.parse('example');
const REDIRECT = 'http://127.0.0.1:7979/callback';

class MemoryClients implements OAuthClientStore {
  readonly #records = new Map<OAuthClientId, { record: OAuthClientRecord; secret: string | null }>();
  saves = 0;

  list = (): OAuthClientRecord[] => [...this.#records.values()].map(({ record }) => record);
  get = (id: OAuthClientId): OAuthClientRecord | null => this.#records.get(id)?.record ?? null;
  save = (record: OAuthClientRecord, secret: string | null): Result<void> => {
    this.saves += 1;
    this.#records.set(record.id, { record, secret });
    return ok(undefined);
  };
  update = (record: OAuthClientRecord): Result<void> =>
    this.save(record, this.#records.get(record.id)?.secret ?? null);
  secret = (id: OAuthClientId): Result<string | null> => ok(this.#records.get(id)?.secret ?? null);
  registrationToken = (): Result<string | null> => ok(null);
  remove = (id: OAuthClientId): Result<void> => {
    this.#records.delete(id);
    return ok(undefined);
  };
}

function setUp(shipped?: OAuth2Settings['client']) {
  const definition = ProviderDefinition.parse({
    id: 'example',
    name: 'Example',
    registerUrl: 'https://id.example/apps',
    methods: [
      {
        method: 'oauth2',
        authorizationUrl: 'https://id.example/authorize',
        tokenUrl: 'https://id.example/token',
        client: shipped,
      },
    ],
    identity: { kind: 'userinfo', userinfoUrl: 'https://id.example/me' },
  });
  const oauth2 = oauth2Of(definition)!;
  const store = new MemoryClients();
  const connections: (Pick<ConnectionRecord, 'client' | 'name'> & Partial<ConnectionRecord>)[] = [];
  const keychain: { answer: Result<void> } = { answer: ok(undefined) };
  const clients = new StoredOAuthClients({
    store: {
      vault: { open: () => Promise.resolve(keychain.answer) } as never,
      clients: store,
      connections: { list: () => connections } as never,
    },
    registry: {
      list: () => [{ id: definition.id }] as never,
      get: (id) => (id === PROVIDER ? ok(definition) : fail('not-found', 'no provider')),
    },
    clock: new FakeClock(),
  });
  return { clients, store, connections, keychain, oauth2 };
}

const added = (result: Result<OAuthClientView>): OAuthClientView => {
  if (!result.ok) throw new Error(result.error.message);
  return OAuthClientView.parse(result.value);
};

describe('adding a client', () => {
  test('stores it; the secret is for token requests alone', async () => {
    const { clients } = setUp();
    let changes = 0;
    clients.onChange(() => (changes += 1));
    const view = added(
      await clients.add({
        provider: PROVIDER,
        clientId: ' cid ',
        clientSecret: ' s3cret\n',
        redirectUri: REDIRECT,
      }),
    );
    expect(view).toMatchObject({
      clientId: 'cid',
      hasSecret: true,
      name: 'Example',
      origin: 'user',
      connections: 0,
    });
    expect(JSON.stringify(clients.list())).not.toContain('s3cret');
    expect(clients.secret(view.id)).toEqual(ok('s3cret'));
    expect(clients.choose(PROVIDER)).toMatchObject({ ok: true, value: { id: view.id } });
    expect(changes).toBe(1);
  });

  test('without a secret makes a public client with the default redirect URI', async () => {
    const { clients } = setUp();
    const view = added(await clients.add({ provider: PROVIDER, clientId: 'cid', clientSecret: ' ' }));
    expect(view).toMatchObject({ hasSecret: false, redirectUri: REDIRECT });
    expect(clients.secret(view.id)).toEqual(ok(null));
  });

  test.each([
    ['https://127.0.0.1:7979/callback'],
    ['http://example.com/callback'],
    ['http://127.0.0.1.evil.example/callback'],
    ['http://127.0.0.1:7979/callback?x=1'],
    ['http://127.0.0.1:7979/callback#x'],
    ['http://127.0.0.1:0/callback'],
    ['127.0.0.1:7979'],
    ['javascript:alert(1)'],
    [''],
  ])('refuses the redirect URI %j and says what one looks like', async (redirectUri) => {
    const { clients, store } = setUp();
    const result = await clients.add({ provider: PROVIDER, clientId: 'cid', redirectUri });
    expect(result).toMatchObject({
      ok: false,
      error: { code: 'invalid-input', hint: expect.stringContaining(REDIRECT) as string },
    });
    expect(store.list()).toEqual([]);
  });

  test.each(['http://localhost:3000/cb', 'http://[::1]:7979/', 'http://127.0.0.1:8080'])(
    'keeps the redirect URI %s as it is registered',
    async (redirectUri) => {
      const { clients } = setUp();
      const view = added(await clients.add({ provider: PROVIDER, clientId: 'cid', redirectUri }));
      expect(view.redirectUri).toBe(redirectUri);
    },
  );

  test.each(['', 'a b', 'a\nb', 'ü'])('refuses the client id %j', async (clientId) => {
    const { clients } = setUp();
    expect(await clients.add({ provider: PROVIDER, clientId })).toMatchObject({
      ok: false,
      error: { code: 'invalid-input' },
    });
  });

  test('again is a conflict, but another secret replaces the old one', async () => {
    const { clients } = setUp();
    const first = added(
      await clients.add({
        provider: PROVIDER,
        clientId: 'cid',
        clientSecret: 'old',
        redirectUri: 'http://localhost:1/',
      }),
    );
    for (const clientSecret of ['old', undefined])
      expect(
        await clients.add({ provider: PROVIDER, clientId: 'cid', ...(clientSecret ? { clientSecret } : {}) }),
      ).toMatchObject({ ok: false, error: { code: 'conflict' } });
    const second = added(await clients.add({ provider: PROVIDER, clientId: 'cid', clientSecret: 'new' }));
    expect(second).toEqual(first);
    expect(clients.secret(first.id)).toEqual(ok('new'));
  });

  test('gives distinct names', async () => {
    const { clients } = setUp();
    const names = [];
    for (const clientId of ['a', 'b', 'c'])
      names.push(added(await clients.add({ provider: PROVIDER, clientId })).name);
    expect(names).toEqual(['Example', 'Example 2', 'Example 3']);
    expect(await clients.add({ provider: PROVIDER, clientId: 'd', name: 'EXAMPLE' })).toMatchObject({
      error: { code: 'conflict' },
    });
  });

  test('fails without a keychain, and stores nothing', async () => {
    const { clients, store, keychain } = setUp();
    keychain.answer = fail('keychain-locked', 'locked');
    expect(await clients.add({ provider: PROVIDER, clientId: 'cid' })).toMatchObject({
      error: { code: 'keychain-locked' },
    });
    expect(store.list()).toEqual([]);
  });
});

describe('choosing a client', () => {
  test('without one says how to add one', () => {
    expect(setUp().clients.choose(PROVIDER)).toMatchObject({
      error: { code: 'not-found', hint: expect.stringContaining('tokentray clients add example') as string },
    });
  });

  test('among several asks which', async () => {
    const { clients } = setUp();
    const first = added(await clients.add({ provider: PROVIDER, clientId: 'a' }));
    await clients.add({ provider: PROVIDER, clientId: 'b' });
    expect(clients.choose(PROVIDER)).toMatchObject({ error: { code: 'ambiguous' } });
    expect(clients.choose(PROVIDER, first.id)).toMatchObject({ ok: true, value: { clientId: 'a' } });
  });

  describe('when there is one of a service account', () => {
    const SHIPPED = { name: 'Acme', clientId: 'acme', clientSecret: 'shipped' };
    // How it is known: said when it was added, or all its connections are those of service accounts.
    const known = ['said', 'used'] as const;

    async function withService(how: (typeof known)[number], shipped?: typeof SHIPPED) {
      const { clients, connections } = setUp(shipped);
      const client = { provider: PROVIDER, clientId: 'robot', clientSecret: 's', name: 'Robot' };
      const { id } = added(await clients.add({ ...client, serviceAccount: how === 'said' || undefined }));
      if (how === 'used') connections.push({ client: id, name: 'bot', grant: 'client-credentials' });
      return clients;
    }
    const choice = (result: Result<OAuthClientRecord>) =>
      result.ok ? result.value.clientId : result.error.code;

    test.each(known)('(%s) a person signs in with any other', async (how) => {
      expect(choice((await withService(how, SHIPPED)).choose(PROVIDER))).toBe('acme');
      const clients = await withService(how);
      await clients.add({ provider: PROVIDER, clientId: 'mine' });
      for (const grant of ['authorization-code', 'device-code'] as const)
        expect(choice(clients.choose(PROVIDER, undefined, grant))).toBe('mine');
      expect(choice(clients.choose(PROVIDER, undefined, 'client-credentials'))).toBe('robot');
      expect(clients.list().map(({ serviceAccount }) => serviceAccount)).toEqual([true, undefined]);
    });

    test.each(known)('(%s) and no other, the person is told at once what to do', async (how) => {
      expect((await withService(how)).choose(PROVIDER)).toMatchObject({
        error: {
          code: 'not-found',
          message: expect.stringContaining('“Robot”') as string,
          hint: expect.stringMatching(/--grant client-credentials.*tokentray clients add example/) as string,
        },
      });
    });

    test('naming it is refused where it was said, and works where it was only seen', async () => {
      expect(choice((await withService('said')).choose(PROVIDER, 'Robot'))).toBe('not-found');
      expect(choice((await withService('used')).choose(PROVIDER, 'Robot'))).toBe('robot');
    });
  });

  test('that is gone fails', () => {
    const gone = OAuthClientId.parse('00000000-0000-4000-8000-000000000000');
    expect(setUp().clients.choose(PROVIDER, gone)).toMatchObject({ error: { code: 'not-found' } });
  });
});

describe('a client that comes with the definition', () => {
  const SHIPPED = { name: 'Acme', clientId: 'acme', clientSecret: 'shipped' };

  test('is listed under a stable id and stored once it is used', () => {
    const { clients, store } = setUp(SHIPPED);
    const [view] = clients.list();
    expect(OAuthClientView.parse(view)).toMatchObject({ origin: 'provider', name: 'Acme', hasSecret: true });
    expect(clients.list(PROVIDER)).toEqual([view]);
    expect(store.list()).toEqual([]);
    expect(clients.choose(PROVIDER)).toMatchObject({ ok: true, value: { id: view?.id } });
    expect(store.get(view!.id)).toMatchObject({ clientId: 'acme', origin: 'provider' });
    expect(clients.choose(PROVIDER, view!.id).ok).toBe(true);
    expect(store.saves).toBe(1);
    expect(setUp(SHIPPED).clients.list()[0]?.id).toBe(view?.id);
    expect(setUp({ ...SHIPPED, clientId: 'other' }).clients.list()[0]?.id).not.toBe(view?.id);
  });

  test('has the secret that the definition has now', () => {
    const { clients, store, oauth2 } = setUp(SHIPPED);
    clients.choose(PROVIDER);
    const { id } = clients.list()[0]!;
    oauth2.client = { ...SHIPPED, clientSecret: 'rotated' };
    expect(clients.secret(id)).toEqual(ok('rotated'));
    clients.choose(PROVIDER);
    expect(store.secret(id)).toEqual(ok('rotated'));
  });

  test('stays usable by its connections when the definition no longer ships it', () => {
    const { clients, connections, oauth2 } = setUp(SHIPPED);
    clients.choose(PROVIDER);
    const { id } = clients.list()[0]!;
    delete oauth2.client;
    expect(clients.list()).toEqual([]);
    connections.push({ client: id, name: 'mine' });
    expect(clients.list()).toMatchObject([{ id, connections: 1 }]);
    expect(clients.secret(id)).toEqual(ok('shipped'));
    expect(clients.choose(PROVIDER)).toMatchObject({ error: { code: 'not-found' } });
  });

  test('stands back behind one that the person added', async () => {
    const { clients } = setUp(SHIPPED);
    await clients.add({ provider: PROVIDER, clientId: 'mine' });
    expect(clients.choose(PROVIDER)).toMatchObject({ ok: true, value: { clientId: 'mine' } });
    expect(clients.list()).toHaveLength(2);
  });

  test('cannot be removed here', () => {
    const { clients } = setUp(SHIPPED);
    expect(clients.remove('acme')).toMatchObject({ error: { code: 'forbidden' } });
  });

  test('takes a secret that the person adds', async () => {
    const { clients } = setUp({ name: 'Acme', clientId: 'acme' });
    const { id } = added(await clients.add({ provider: PROVIDER, clientId: 'acme', clientSecret: 'mine' }));
    expect(clients.list()).toMatchObject([{ id, origin: 'user', hasSecret: true }]);
    expect(clients.secret(id)).toEqual(ok('mine'));
    expect(clients.get(id)).toMatchObject({ origin: 'user' });
  });
});

describe('removing a client', () => {
  test.each(['id', 'clientId', 'name'] as const)('works by %s', async (key) => {
    const { clients } = setUp();
    const view = added(await clients.add({ provider: PROVIDER, clientId: 'cid', name: 'Mine' }));
    expect(clients.remove(view[key])).toEqual(ok(view.id));
    expect(clients.list()).toEqual([]);
  });

  test('is refused while connections use it, and names them', async () => {
    const { clients, connections } = setUp();
    const { id } = added(await clients.add({ provider: PROVIDER, clientId: 'cid' }));
    connections.push({ client: id, name: 'work' });
    expect(clients.remove('cid')).toMatchObject({
      error: { code: 'conflict', message: expect.stringContaining('work') as string },
    });
    expect(clients.list()).toHaveLength(1);
  });

  test('that is not there fails', () => {
    expect(setUp().clients.remove('x')).toMatchObject({ error: { code: 'not-found' } });
  });
});
