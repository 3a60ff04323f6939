import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ConnectionId, OAuthClientId, ProviderId } from '../../../contract/ids.ts';
import { boundedFetch, type Send } from '../../../main/lib/bounded-fetch.ts';
import { silentLogger } from '../../../main/lib/log.ts';
import { ok } from '../../../main/lib/result.ts';
import { createRefresher } from '../../../main/refresh/refresher.ts';
import { openStore } from '../../../main/store/open-store.ts';
import type { Store } from '../../../main/store/ports.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { MemoryKeychain } from '../../fakes/memory-keychain.ts';
import { definition } from '../refresh/rig.ts';

/** Dump of a store that the version before wrote, all its tables; `store-v1.sql` was made by its own code. */
const DUMP = path.join(import.meta.dirname, '../../fixtures/store-v1.sql');
const KEY = '000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f';
const KEY_ACCOUNT = 'store-8800e17a4f3a5c85';

const uuid = (n: number) => `00000000-0000-4000-8000-00000000000${n}`;
const id = (n: number) => uuid(n) as ConnectionId;
const ATLASSIAN = 'atlassian' as ProviderId;
const EXAMPLE = 'example' as ProviderId;

let home: string;
let store: Store;
const keychain = new MemoryKeychain();
const clock = new FakeClock();

const open = async (): Promise<Store> => {
  const opened = openStore({ home, clock, keychain, sessionOnly: false, logger: silentLogger });
  if (!opened.ok) throw new Error(opened.error.message);
  expect(await opened.value.vault.open()).toEqual(ok(undefined));
  return opened.value;
};

beforeEach(async () => {
  home = mkdtempSync(path.join(tmpdir(), 'tokentray-upgrade-'));
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const database = new DatabaseSync(path.join(home, 'tokentray.db'));
  database.exec(readFileSync(DUMP, 'utf8'));
  database.close();
  keychain.items.set(KEY_ACCOUNT, Buffer.from(KEY, 'hex').toString('base64'));
  store = await open();
});

afterEach(() => {
  store.close();
  rmSync(home, { recursive: true, force: true });
});

describe('a store of the version before', () => {
  it('has every connection, and how each is sent and renewed', () => {
    const scopes = ['read:me', 'offline_access', 'read:jira-work'];
    const site = (name: string, products: string[]) => ({
      cloudId: `cloud-${name}`,
      name,
      url: `https://${name}.atlassian.net`,
      products,
    });
    const [acme, beta] = [site('acme', ['jira', 'confluence']), site('beta', ['jira'])];
    const base = (n: number, name: string) => ({
      id: uuid(n),
      name,
      provider: 'atlassian',
      method: 'oauth2',
      grant: 'authorization-code',
      sent: { as: 'bearer' },
      route: 'default',
      client: uuid(7),
      account: { id: `account-${n}`, name: 'Ana', email: 'ana@acme.example', pictureUrl: null },
      site: acme,
      sites: [acme, beta],
      requestedScopes: scopes,
      grantedScopes: scopes,
      renewal: 'refresh-token',
      expiresAt: 5000,
      obtainedAt: 1400,
      lastRefreshAt: null,
      createdAt: 1000,
      generation: 1,
      condition: { kind: 'ok' },
      pausedAt: null,
    });
    const reason = 'Atlassian Cloud no longer accepts this sign-in (invalid_grant).';
    expect(store.connections.list()).toEqual([
      base(1, 'acme'),
      { ...base(2, 'no refresh token'), site: null, sites: [], renewal: 'none', expiresAt: null },
      { ...base(3, 'paused'), site: beta, sites: [beta], pausedAt: 2000 },
      { ...base(4, 'gone'), condition: { kind: 'gone', since: 3000, reason } },
      { ...base(5, 'in flight'), provider: 'example', client: uuid(8), site: null, sites: [] },
      {
        ...base(6, 'refreshed'),
        grantedScopes: ['read:me'],
        expiresAt: 9000,
        obtainedAt: 5400,
        lastRefreshAt: 5400,
        condition: {
          kind: 'transient',
          since: 5500,
          reason: 'no answer',
          failures: 2,
          retryAt: 5600,
          answered: false,
        },
      },
    ]);
  });

  it('opens with its key, and gives every secret as it was', () => {
    const secrets = [1, 2, 3, 4, 5, 6].map((n) => {
      const tokens = store.connections.tokens(id(n));
      if (!tokens.ok) throw new Error(tokens.error.message);
      return [tokens.value.accessToken, tokens.value.refreshToken];
    });
    expect(secrets).toEqual([
      ['access-1', 'refresh-1'],
      ['access-2', null],
      ['access-3', 'refresh-3'],
      ['access-4', 'refresh-4'],
      ['access-5', 'refresh-5'],
      ['access-6b', 'refresh-6b'],
    ]);
    expect(store.clients.secret(uuid(7) as OAuthClientId)).toEqual(ok('client-secret-7'));
    expect(store.clients.secret(uuid(8) as OAuthClientId)).toEqual(ok(null));
    expect(keychain.writes).toBe(0);
  });

  it('has its clients, exports, settings, activity, active connections and the open attempt', () => {
    expect(store.clients.list()).toMatchObject([
      { id: uuid(7), clientId: 'client-7', hasSecret: true, redirectUri: 'http://127.0.0.1:7979/callback' },
      { id: uuid(8), provider: 'example', hasSecret: false },
    ]);
    expect(store.exports.list()).toMatchObject([
      { id: 'export01', file: '/home/ana/code/.env', target: { follows: 'active', provider: 'atlassian' } },
      { id: 'export02', preset: 'mcp-atlassian', target: { follows: 'connection', connection: uuid(1) } },
    ]);
    expect(store.settings.get()).toMatchObject({ firstRunDone: true, notifications: false });
    expect(store.activity.list({ limit: 10 })).toMatchObject([
      { event: 'connection.added', connection: uuid(1), message: '“acme” is connected.' },
    ]);
    expect(store.connections.active(ATLASSIAN)).toBe(id(6));
    expect(store.connections.active(EXAMPLE)).toBe(id(5));
    expect([1, 2, 3, 4, 6].map((n) => store.connections.attempt(id(n)))).toEqual(Array(5).fill(null));
    expect(store.connections.attempt(id(5))).toMatchObject({ startedAt: 4000, generation: 1 });
  });

  it('keeps a damaged row as it was, reported and with its name reserved', () => {
    expect(store.damaged.list()).toMatchObject([{ kind: 'connection', id: uuid(9) }]);
    expect(store.connections.update(id(1), { name: 'damaged' })).toMatchObject({
      error: { code: 'conflict' },
    });
    store.close();
    const database = new DatabaseSync(path.join(home, 'tokentray.db'));
    const row = database.prepare('SELECT record FROM connections WHERE id = ?').get(uuid(9));
    database.close();
    expect(row).toEqual({ record: '{"id":"damaged' });
  });

  it('is refreshed without its person, with the refresh token that it has', async () => {
    const sent: URLSearchParams[] = [];
    const fetch: Send = (_, init) => {
      sent.push(new URLSearchParams(init?.body));
      return Promise.resolve(
        Response.json({ access_token: 'access-new', refresh_token: 'refresh-new', expires_in: 3600 }),
      );
    };
    const refresher = createRefresher({
      store,
      registry: { get: () => ok(definition()) },
      clients: {
        get: (client) => store.clients.get(client),
        secret: (client) => store.clients.secret(client),
        refuseRegistration: () => undefined,
      },
      fetch: boundedFetch({ clock, fetch }),
      clock,
      logger: silentLogger,
      random: () => 0.5,
    });
    for (const n of [1, 3, 5, 6])
      expect(await refresher.refresh(id(n))).toMatchObject({ value: { kind: 'refreshed' } });
    expect(sent.map((form) => form.get('refresh_token'))).toEqual([
      'refresh-1',
      'refresh-3',
      'refresh-5',
      'refresh-6b',
    ]);
    store.close();
    store = await open();
    expect(store.connections.get(id(1))).toMatchObject({ renewal: 'refresh-token', sent: { as: 'bearer' } });
    expect(store.connections.tokens(id(1))).toMatchObject({ value: { refreshToken: 'refresh-new' } });
  });
});
