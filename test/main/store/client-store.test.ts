import { beforeEach, describe, expect, it } from 'vitest';
import { OAuthClientId, ProviderId } from '../../../contract/ids.ts';
import { systemClock } from '../../../main/lib/clock.ts';
import { silentLogger } from '../../../main/lib/log.ts';
import { fail, ok } from '../../../main/lib/result.ts';
import { SqliteOAuthClientStore } from '../../../main/store/client-store.ts';
import { DamagedRows } from '../../../main/store/damaged-rows.ts';
import { Database } from '../../../main/store/database.ts';
import { migrate } from '../../../main/store/migrations.ts';
import type { OAuthClientRecord } from '../../../main/store/records.ts';
import { KeyVault } from '../../../main/store/vault.ts';

const client = (name: string): OAuthClientRecord => ({
  id: OAuthClientId.parse(crypto.randomUUID()),
  provider: ProviderId.parse('atlassian'),
  name,
  clientId: `id-${name}`,
  hasSecret: false,
  redirectUri: 'http://127.0.0.1:7979/callback',
  origin: 'user',
  createdAt: 1,
});

const vaultWith = (key: Uint8Array | null): KeyVault =>
  new KeyVault(
    {
      obtainKey: () => Promise.resolve(fail('keychain-locked', 'locked')),
      clock: systemClock,
      timeoutMs: 1000,
      keychainAdvice: { place: 'gnome', start: 'tokentray serve' },
      random: (bytes) => new Uint8Array(bytes).fill(3),
    },
    key,
  );

let database: Database;

function load(vault = vaultWith(new Uint8Array(32))): SqliteOAuthClientStore {
  const loaded = SqliteOAuthClientStore.load(database, vault, silentLogger, new DamagedRows(database));
  if (!loaded.ok) throw new Error(loaded.error.message);
  return loaded.value;
}

beforeEach(() => {
  database = new Database(':memory:');
  migrate(database);
});

describe('OAuth clients', () => {
  it('keep their secret apart, encrypted', () => {
    const clients = load();
    const one = client('one');
    expect(clients.save(one, 'CANARY')).toEqual(ok(undefined));
    const kept = { ...one, hasSecret: true };
    expect(load().list()).toEqual([kept]);
    expect(load().get(one.id)).toEqual(kept);
    expect(load().secret(one.id)).toEqual(ok('CANARY'));
    const row = database.statement('SELECT record, secret FROM clients').get();
    expect(Buffer.from(row?.['secret'] as Uint8Array).includes('CANARY')).toBe(false);
    expect(row?.['record']).not.toContain('CANARY');
  });

  it('are replaced by their id and keep their place; without a secret they are public', () => {
    const clients = load();
    const one = client('one');
    clients.save(one, 'secret');
    clients.save(client('two'), null);
    expect(clients.save({ ...one, name: 'renamed', hasSecret: true }, null)).toEqual(ok(undefined));
    expect(clients.secret(one.id)).toEqual(ok(null));
    expect(load().list()).toMatchObject([{ name: 'renamed', hasSecret: false }, { name: 'two' }]);
  });

  it('that have gone are not found', () => {
    const clients = load();
    const one = client('one');
    clients.save(one, 'secret');
    expect(clients.remove(one.id)).toEqual(ok(undefined));
    const missing = { error: { code: 'not-found' } };
    expect(clients.remove(one.id)).toMatchObject(missing);
    expect(clients.secret(one.id)).toMatchObject(missing);
    expect([clients.get(one.id), load().list()]).toEqual([null, []]);
  });

  it('can be stored without a key when they are public, and not otherwise', async () => {
    const vault = vaultWith(null);
    await vault.open();
    const clients = load(vault);
    expect(clients.save(client('public'), null)).toEqual(ok(undefined));
    expect(clients.save(client('one'), 'secret')).toMatchObject({ error: { code: 'keychain-locked' } });
    expect(load().list()).toMatchObject([{ name: 'public' }]);
  });

  it('cannot use the secret of another one', () => {
    const clients = load();
    const [one, two] = [client('one'), client('two')];
    clients.save(one, 'first');
    clients.save(two, 'second');
    database.exec(`UPDATE clients SET secret = (SELECT secret FROM clients WHERE id = '${one.id}')`);
    expect(load().secret(two.id)).toMatchObject({ error: { code: 'store-corrupt' } });
  });

  it('keep what manages a registration encrypted, with a client secret or without one', () => {
    const registration = {
      registeredAt: 'https://auth.example/register',
      managementUrl: 'https://auth.example/register/1',
      clientAuthentication: 'none',
      secretExpiresAt: null,
      refused: false,
    } as const;
    const one: OAuthClientRecord = { ...client('one'), origin: 'registered', registration };
    const two: OAuthClientRecord = { ...client('two'), origin: 'registered', registration };
    const clients = load();
    expect(clients.save(one, null, 'CANARY-1')).toEqual(ok(undefined));
    expect(clients.save(two, 'CANARY-2', 'CANARY-3')).toEqual(ok(undefined));
    expect(load().get(one.id)).toEqual(one);
    expect(load().secret(one.id)).toEqual(ok(null));
    expect(load().registrationToken(one.id)).toEqual(ok('CANARY-1'));
    expect(load().secret(two.id)).toEqual(ok('CANARY-2'));
    expect(load().registrationToken(two.id)).toEqual(ok('CANARY-3'));
    for (const row of database.statement('SELECT record, secret FROM clients').all()) {
      expect(row['record']).not.toContain('CANARY');
      expect(Buffer.from(row['secret'] as Uint8Array).includes('CANARY')).toBe(false);
    }
  });

  it('change what is not secret without the keychain, and keep their secret', () => {
    const one = client('one');
    load().save(one, 'CANARY');
    const server = {
      of: 'https://auth.example',
      issuer: 'https://auth.example',
      tokenUrl: 'https://auth.example/token',
      namesIssuer: false,
      clientIdDocuments: false,
      clientAuthentication: null,
      grantTypes: null,
    };
    expect(load(vaultWith(null)).update({ ...one, servers: [server] })).toEqual(ok(undefined));
    expect(load().get(one.id)).toMatchObject({ hasSecret: true, servers: [server] });
    expect(load().secret(one.id)).toEqual(ok('CANARY'));
    expect(load().update(client('unknown'))).toMatchObject({ ok: false, error: { code: 'not-found' } });
  });
});
