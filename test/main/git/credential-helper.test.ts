import { beforeEach, describe, expect, it } from 'vitest';
import type { TestResult } from '../../../contract/calls.ts';
import { ProviderId, type ConnectionId } from '../../../contract/ids.ts';
import { resolveReference } from '../../../main/connections/resolve.ts';
import { credentialsOf } from '../../../main/credentials/access.ts';
import { createCredentialHelper } from '../../../main/git/credential-helper.ts';
import { fail, ok, type Result } from '../../../main/lib/result.ts';
import { BUNDLED_DEFINITIONS } from '../../../main/providers/bundled.ts';
import { onInstance } from '../../../main/providers/instance.ts';
import type { ProviderRegistry } from '../../../main/providers/ports.ts';
import type { Store } from '../../../main/store/ports.ts';
import type { ConnectionRecord } from '../../../main/store/records.ts';
import { memoryStore } from '../../fakes/memory-store.ts';
import { sampleConnection, sampleTokens } from '../../fakes/sample-connection.ts';
import { value } from '../../fakes/store-in-folder.ts';
import { idOf } from './candidate.ts';

const registry: Pick<ProviderRegistry, 'get'> = {
  get: (id, instance = null) =>
    ok(
      onInstance(
        BUNDLED_DEFINITIONS.find((each) => each.id === id)!,
        instance,
      ),
    ),
};
const CLOUD = 'protocol=https\nhost=bitbucket.org\npath=acme/tray.git\n';
const DATA_CENTER = 'protocol=https\nhost=git.example\npath=scm/TRAY/tray.git\n';
const dead: TestResult = {
  check: 'x',
  ok: false,
  code: 'needs-reconnect',
  message: 'It is over.',
  hint: 'Reconnect.',
};

let store: Store;
let tests: ConnectionId[];
/** What testing the connection finds, and does. */
let onTest: (id: ConnectionId) => Result<TestResult[]>;
let read: Result<never> | null;
beforeEach(() => {
  store = memoryStore();
  tests = [];
  onTest = () => ok([]);
  read = null;
  helper = makeHelper();
});

function connect(number: number, provider: string, change: Partial<ConnectionRecord> = {}): ConnectionId {
  const id = idOf(number);
  const made = sampleConnection({ id, name: `c${number}`, provider: ProviderId.parse(provider), ...change });
  value(
    store.connections.insert(made, sampleTokens({ accessToken: `token-${number}`, expiresAt: 9_000_000 })),
  );
  return id;
}
const makeHelper = () =>
  createCredentialHelper({
    store,
    registry,
    connections: {
      resolve: (reference = '') => resolveReference(store.connections, reference),
      readCredentials: (id) => {
        if (read !== null) return read;
        const { accessToken, expiresAt } = value(store.connections.tokens(id));
        return ok(credentialsOf(store.connections.get(id)!, registry, accessToken, expiresAt));
      },
      test: (id = '') => {
        tests.push(id as ConnectionId);
        const results = onTest(id as ConnectionId);
        return Promise.resolve(results.ok ? ok({ ok: false, results: results.value } as never) : results);
      },
    },
    userNames: () => Promise.resolve(ok('ana')),
    boundTo: (folder, api) =>
      folder === '/untrusted'
        ? fail('refused', 'It is another user’s.')
        : ok(folder === '/work' && api === 'git' ? store.connections.get(idOf(2)) : null),
  });
let helper: ReturnType<typeof makeHelper>;
const ask = (operation: string, attributes: string, more = {}) => helper({ operation, attributes, ...more });
const basic = (username: string, number: number) => ({
  attributes: `username=${username}\npassword=token-${number}\npassword_expiry_utc=9000\n`,
  failure: null,
});
const NOTHING = { attributes: '', failure: null };

describe('get', () => {
  it.each([
    ['oauth2', 'x-token-auth'],
    ['access-token', 'x-token-auth'],
    ['api-token', 'x-bitbucket-api-token-auth'],
  ] as const)('gives Bitbucket Cloud the name for its method: %s', async (method, username) => {
    connect(1, 'bitbucket', { method });
    expect(await ask('get', CLOUD)).toEqual(basic(username, 1));
  });

  it('gives Data Center the person’s own name, and a newer git the token alone', async () => {
    const site = { cloudId: null, name: 'x', url: 'https://git.example', products: [] };
    connect(1, 'bitbucket-data-center', { method: 'personal-access-token', site });
    expect(await ask('get', DATA_CENTER)).toEqual(basic('ana', 1));
    expect((await ask('get', `capability[]=authtype\n${DATA_CENTER}`)).attributes).toContain(
      'authtype=Bearer\ncredential=token-1\n',
    );
    connect(2, 'bitbucket-data-center', { method: 'oauth2', site });
    expect((await ask('get', DATA_CENTER, { connection: 'c2' })).failure).toMatchObject({
      code: 'unsupported',
      hint: expect.stringContaining('git 2.46') as string,
    });
  });

  it.each([
    ['another host', 'protocol=https\nhost=other.example\n'],
    ['http', 'protocol=http\nhost=bitbucket.org\n'],
    ['ssh', 'protocol=ssh\nhost=bitbucket.org\n'],
    ['nonsense', 'x'],
  ])('says nothing about %s', async (_, attributes) => {
    connect(1, 'bitbucket');
    expect(await ask('get', attributes)).toEqual(NOTHING);
  });

  it('gives the folder’s, the one that is asked for, and no other in its place', async () => {
    connect(1, 'bitbucket');
    expect(await ask('get', CLOUD, { folder: '/untrusted' })).toEqual(basic('x-token-auth', 1));
    connect(2, 'bitbucket');
    connect(3, 'atlassian');
    expect(await ask('get', CLOUD, { folder: '/untrusted' })).toMatchObject({ failure: { code: 'refused' } });
    expect(await ask('get', CLOUD)).toEqual(basic('x-token-auth', 1));
    expect(await ask('get', CLOUD, { folder: '/work' })).toEqual(basic('x-token-auth', 2));
    expect(await ask('get', CLOUD, { connection: idOf(2) })).toEqual(basic('x-token-auth', 2));
    expect(await ask('get', CLOUD, { connection: idOf(3) })).toEqual(NOTHING);
    expect(await ask('get', CLOUD, { connection: 'gone' })).toMatchObject({
      attributes: 'quit=1\n',
      failure: { code: 'not-found', hint: expect.stringContaining('tokentray git list') as string },
    });
  });

  it('stops git where the one that is meant cannot be used, and says why', async () => {
    connect(1, 'bitbucket');
    read = fail('needs-reconnect', 'It is over.', 'Reconnect.');
    expect(await ask('get', CLOUD)).toEqual({
      attributes: 'quit=1\n',
      failure: (read as { error: object }).error,
    });
  });
});

describe('erase', () => {
  it('does nothing about a secret that is not the current one', async () => {
    connect(1, 'bitbucket');
    for (const attributes of [`${CLOUD}password=older`, CLOUD, DATA_CENTER])
      expect(await ask('erase', attributes)).toEqual(NOTHING);
    expect(await ask('store', `${CLOUD}password=token-1`)).toEqual(NOTHING);
    expect(tests).toEqual([]);
  });

  it('renews a token that ended early, and says to run the command again', async () => {
    const id = connect(1, 'bitbucket');
    connect(2, 'bitbucket');
    onTest = () => {
      value(
        store.connections.replace(
          id,
          sampleConnection({ ...store.connections.get(id) }),
          sampleTokens({ accessToken: 'newer' }),
        ),
      );
      return ok([]);
    };
    expect((await ask('erase', `${CLOUD}password=token-1`)).failure).toMatchObject({
      code: 'temporary',
      hint: 'Run the git command again.',
    });
    expect(tests).toEqual([id]);
  });

  it('says why where only the person can help', async () => {
    connect(1, 'bitbucket');
    onTest = () => ok([dead]);
    const { check: _check, ok: _ok, ...why } = dead;
    expect((await ask('erase', `${CLOUD}password=token-1`)).failure).toEqual(why);
    onTest = () => fail('offline', 'No network.');
    expect((await ask('erase', `${CLOUD}password=token-1`)).failure).toMatchObject({ code: 'offline' });
    onTest = () => ok([]);
    expect((await ask('erase', `${CLOUD}password=token-1`)).failure).toMatchObject({
      code: 'refused',
      message: expect.stringContaining('bitbucket.org refused “c1”') as string,
    });
  });

  it('does not let git be refused again with a secret that is over, until there is another', async () => {
    const id = connect(1, 'bitbucket');
    onTest = () => ok([dead]);
    await ask('erase', `${CLOUD}password=token-1`);
    expect(await ask('get', CLOUD)).toMatchObject({
      attributes: 'quit=1\n',
      failure: { message: 'It is over.' },
    });
    // It was the service, after all.
    onTest = () => ok([]);
    expect(await ask('get', CLOUD)).toEqual(basic('x-token-auth', 1));
    onTest = () => ok([dead]);
    await ask('erase', `${CLOUD}password=token-1`);
    const again = sampleConnection({ ...store.connections.get(id) });
    value(store.connections.replace(id, again, sampleTokens({ accessToken: 'newer', expiresAt: null })));
    expect((await ask('get', CLOUD)).attributes).toBe('username=x-token-auth\npassword=newer\n');
  });
});
