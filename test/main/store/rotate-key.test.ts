import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OAuthClientId } from '../../../contract/ids.ts';
import { fail, ok } from '../../../main/lib/result.ts';
import type { KeySource } from '../../../main/store/key-sources/key-source.ts';
import type { KeychainPort } from '../../../main/store/keychain.ts';
import { sampleClient } from '../../fakes/sample-client.ts';
import { MIGRATED_SECRETS, secretColumnsOf } from '../../fakes/secret-columns.ts';
import { MemoryKeychain } from '../../fakes/memory-keychain.ts';
import { sampleConnection, sampleTokens } from '../../fakes/sample-connection.ts';
import { StoreInFolder, value } from '../../fakes/store-in-folder.ts';

const clientId = OAuthClientId.parse(crypto.randomUUID());
const connection = sampleConnection({ name: 'Work' });
let folder: StoreInFolder;
let keychain: MemoryKeychain;

beforeEach(async () => {
  folder = new StoreInFolder();
  keychain = new MemoryKeychain();
  folder.keychain = keychain;
  const store = await folder.ready();
  value(store.connections.insert(connection, sampleTokens()));
  value(store.clients.save(sampleClient(clientId), 'client-secret-1'));
});
afterEach(() => {
  folder.dispose();
});

const item = (): string => [...keychain.items.values()].join('|');
const keySource = (byte: number, name = 'file:/k'): KeySource => ({
  name,
  read: () => Promise.resolve(ok(new Uint8Array(32).fill(byte))),
});

/** That everything can be read, now and after the next start. */
async function expectEverything(store = folder.open()): Promise<void> {
  expect(await store.vault.open()).toMatchObject({ ok: true });
  expect(store.connections.tokens(connection.id)).toMatchObject({ value: { refreshToken: 'refresh-1' } });
  expect(store.clients.secret(clientId)).toEqual({ ok: true, value: 'client-secret-1' });
}

/** The keychain of a process that ends at its nth write: before the write, or right after it. */
class EndingKeychain implements KeychainPort {
  readonly #inner: MemoryKeychain;
  readonly #endsAt: number;
  readonly #when: 'before' | 'after';
  #writes = 0;
  constructor(inner: MemoryKeychain, endsAt: number, when: 'before' | 'after') {
    this.#inner = inner;
    this.#endsAt = endsAt;
    this.#when = when;
  }
  read: KeychainPort['read'] = (account) => this.#inner.read(account);
  write: KeychainPort['write'] = async (account, secret) => {
    this.#writes += 1;
    if (this.#writes !== this.#endsAt) return this.#inner.write(account, secret);
    if (this.#when === 'after') await this.#inner.write(account, secret);
    throw new Error('the process ended');
  };
  close = (): void => undefined;
}

describe('a rotation of the key', () => {
  it('encrypts every secret anew, and leaves one key in the keychain', async () => {
    const before = item();
    const store = folder.open();
    expect(await store.rotateKey('keychain')).toEqual(ok({ secrets: 2, source: null, oldKeyRemoved: true }));
    expect(item()).not.toBe(before);
    expect(Buffer.from(item(), 'base64')).toHaveLength(32);
    await expectEverything(store);
    value(store.connections.insert(sampleConnection(), sampleTokens()));
    await expectEverything();
    expect(keychain.items.size).toBe(1);
  });

  it.each([
    [1, 'before'],
    [1, 'after'],
    [2, 'before'],
    [2, 'after'],
  ] as const)('that ends %s the keychain’s write %s is survived', async (write, when) => {
    folder.keychain = new EndingKeychain(keychain, write, when);
    await expect(folder.open().rotateKey('keychain')).rejects.toThrow('the process ended');
    folder.keychain = keychain;
    await expectEverything();
    // The first start has removed the other key.
    expect(Buffer.from(item(), 'base64')).toHaveLength(32);
    await expectEverything();
  });

  it('changes nothing when the transaction fails half-way', async () => {
    folder.close();
    const database = new DatabaseSync(path.join(folder.home, 'tokentray.db'));
    database.exec(
      "CREATE TRIGGER broken BEFORE UPDATE OF secret ON clients BEGIN SELECT RAISE(ABORT, 'no'); END",
    );
    database.close();
    await expect(folder.open().rotateKey('keychain')).rejects.toThrow('no');
    await expectEverything();
  });

  it('is refused when the keychain says no, and everything stays', async () => {
    const store = await folder.ready();
    keychain.refusal = { kind: 'locked', reason: 'it is locked' };
    expect(await store.rotateKey('keychain')).toMatchObject({ error: { code: 'keychain-locked' } });
    keychain.refusal = null;
    await expectEverything(store);
    await expectEverything();
  });

  it('is refused when the item is not the key any more', async () => {
    const store = await folder.ready();
    const [account = ''] = keychain.items.keys();
    keychain.items.set(account, Buffer.alloc(32, 9).toString('base64'));
    expect(await store.rotateKey('keychain')).toMatchObject({ error: { code: 'keychain-key-lost' } });
  });

  it('happens once at a time', async () => {
    const store = await folder.ready();
    const both = await Promise.all([store.rotateKey('keychain'), store.rotateKey('keychain')]);
    expect(both).toMatchObject([{ ok: true }, { error: { code: 'conflict' } }]);
    expect(await store.rotateKey('keychain')).toMatchObject({ ok: true });
    await expectEverything();
  });

  it('leaves alone what the old key does not open', async () => {
    folder.close();
    const database = new DatabaseSync(path.join(folder.home, 'tokentray.db'));
    database.exec("UPDATE clients SET secret = x'0102'");
    database.close();
    const store = await folder.ready();
    expect(await store.rotateKey('keychain')).toMatchObject({ value: { secrets: 1 } });
    expect(store.connections.tokens(connection.id)).toMatchObject({ ok: true });
  });

  it('covers every secret column of the schema', () => {
    folder.close();
    expect(secretColumnsOf(path.join(folder.home, 'tokentray.db'))).toEqual(MIGRATED_SECRETS);
  });
});

describe('a store whose key is kept elsewhere', () => {
  it('moves there, and is opened with that key from then on', async () => {
    const store = folder.open();
    expect(await store.rotateKey(keySource(5))).toEqual(
      ok({ secrets: 2, source: 'file:/k', oldKeyRemoved: true }),
    );
    expect(store.keySource).toBe('file:/k');
    folder.keySource = keySource(5);
    await expectEverything();
  });

  it('says which key source is missing when it is opened without one', async () => {
    value(await folder.open().rotateKey(keySource(5)));
    const opened = await folder.open().vault.open();
    expect(opened).toMatchObject({ error: { code: 'keychain-key-lost' } });
    expect(opened.ok ? '' : opened.error.message).toContain('file:/k');
    keychain.refusal = { kind: 'missing', reason: 'no session' };
    expect(await folder.open().vault.open()).toEqual(opened);
  });

  it('takes no other key, and makes none', async () => {
    value(await folder.open().rotateKey(keySource(5)));
    folder.keySource = keySource(6);
    const store = folder.open();
    expect(await store.vault.open()).toMatchObject({ error: { code: 'keychain-key-lost' } });
    expect(store.connections.tokens(connection.id)).toMatchObject({ error: { code: 'keychain-key-lost' } });
    folder.keySource = keySource(5);
    await expectEverything();
  });

  it('asks no keychain, and tries again when the source fails', async () => {
    const source = keySource(5);
    value(await folder.open().rotateKey(source));
    keychain.reads = 0;
    let broken = true;
    folder.keySource = {
      name: source.name,
      read: (salt) => (broken ? Promise.resolve(fail('keychain-missing', 'not now')) : source.read(salt)),
    };
    const store = folder.open();
    expect(await store.vault.open()).toMatchObject({ error: { message: 'not now' } });
    broken = false;
    await expectEverything(store);
    expect([keychain.reads, keychain.writes]).toEqual([0, keychain.writes]);
  });

  it('moves from one source to another, and back to the keychain', async () => {
    value(await folder.open().rotateKey(keySource(5)));
    folder.keySource = keySource(5);
    value(await folder.open().rotateKey(keySource(6, 'command:vault')));
    folder.keySource = keySource(6, 'command:vault');
    await expectEverything();
    value(await folder.open().rotateKey('keychain'));
    folder.keySource = null;
    await expectEverything();
  });
});
