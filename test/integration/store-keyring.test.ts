import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startBus, startKeyring, type PrivateKeyring } from './support/keyring.ts';
import { StoreProcess } from './support/store-process.ts';

const OPEN = { ok: true };
const failure = (code: string) => ({ ok: false, error: { code } });

let folder: string;
let keyring: PrivateKeyring;
const started: StoreProcess[] = [];

function start(env = keyring.env, options: { timeoutMs?: number } = {}): StoreProcess {
  const child = new StoreProcess(folder, env, options);
  started.push(child);
  return child;
}

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'tokentray-store-'));
  keyring = await startKeyring();
});

afterEach(async () => {
  for (const child of started.splice(0)) await child.kill();
  await keyring.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('a store on a real Secret Service', () => {
  it('keeps one item for any number of connections, and no token in the clear', async () => {
    const store = start();
    expect(await store.do({ do: 'open' })).toMatchObject(OPEN);
    const ids = Array.from({ length: 50 }, () => crypto.randomUUID());
    for (const id of ids) await store.do({ do: 'insert', id, token: `CANARY-${id}` });
    expect(await keyring.items()).toHaveLength(1);
    const names = readdirSync(folder);
    expect(names).toContain('tokentray.db');
    for (const name of names) {
      const file = path.join(folder, name);
      expect(readFileSync(file).includes('CANARY'), name).toBe(false);
      expect(statSync(file).mode & 0o777, name).toBe(0o600);
    }
    expect(await store.exit()).toBe(0);

    const again = start();
    expect(await again.do({ do: 'tokens', id: ids[7]! })).toMatchObject(failure('keychain-timeout'));
    expect(await again.do({ do: 'open' })).toMatchObject(OPEN);
    const tokens = { ok: true, value: { accessToken: `CANARY-${ids[7]!}` } };
    expect(await again.do({ do: 'tokens', id: ids[7]! })).toMatchObject(tokens);
  });

  it('says that the keyring is locked, and goes on once it is unlocked', async () => {
    const id = await storeWithOne();
    await keyring.lock();
    const store = start();
    expect(await store.do({ do: 'open' })).toMatchObject(failure('keychain-locked'));
    expect(await store.do({ do: 'tokens', id })).toMatchObject(failure('keychain-locked'));
    await keyring.unlock();
    expect(await store.do({ do: 'open' })).toMatchObject(OPEN);
    expect(await store.do({ do: 'tokens', id })).toMatchObject({ ok: true, value: { accessToken: 'first' } });
  });

  it('makes no key while the keyring is locked', async () => {
    await keyring.lock();
    const store = start();
    expect(await store.do({ do: 'open' })).toMatchObject(failure('keychain-locked'));
    expect(await store.do({ do: 'insert', token: 'x' })).toMatchObject(failure('keychain-locked'));
    await keyring.unlock();
    expect(await keyring.items()).toEqual([]);
    expect(await store.do({ do: 'open' })).toMatchObject(OPEN);
    expect(await keyring.items()).toHaveLength(1);
  });

  it('says so where there is no D-Bus session, or no Secret Service on it', async () => {
    const without: NodeJS.ProcessEnv = { ...keyring.env };
    delete without['DBUS_SESSION_BUS_ADDRESS'];
    for (const address of [
      undefined,
      'unix:path=/nonexistent/bus',
      'tcp:host=127.0.0.1,port=1',
      'nonsense',
    ]) {
      const env = address === undefined ? without : { ...without, DBUS_SESSION_BUS_ADDRESS: address };
      const store = start(env);
      expect(await store.do({ do: 'open' }), address).toMatchObject(failure('keychain-missing'));
      expect(await store.exit()).toBe(0);
    }
    const bus = await startBus();
    try {
      expect(await start(bus.env).do({ do: 'open' })).toMatchObject(failure('keychain-missing'));
    } finally {
      await bus.stop();
    }
  });

  it('gives up on a service that hangs, uses its answer when it comes, and can end meanwhile', async () => {
    const id = await storeWithOne();
    keyring.suspend();
    const leaving = start(keyring.env, { timeoutMs: 200 });
    expect(await leaving.do({ do: 'open' })).toMatchObject(failure('keychain-timeout'));
    expect(await leaving.exit()).toBe(0);
    const store = start(keyring.env, { timeoutMs: 200 });
    expect(await store.do({ do: 'open' })).toMatchObject(failure('keychain-timeout'));
    expect(await store.do({ do: 'status' })).toMatchObject({ state: 'unavailable' });
    keyring.resume();
    await expect.poll(() => store.do({ do: 'status' }), { timeout: 10_000 }).toEqual({ state: 'ready' });
    expect(await store.do({ do: 'tokens', id })).toMatchObject({ ok: true, value: { accessToken: 'first' } });
    expect(await keyring.items()).toHaveLength(1);
  });

  it('makes no other key when the key has gone, until nothing needs the old one', async () => {
    const id = await storeWithOne();
    const [item] = await keyring.items();
    await keyring.deleteItem(item!);
    const before = readFileSync(path.join(folder, 'tokentray.db'));
    const store = start();
    expect(await store.do({ do: 'open' })).toMatchObject(failure('keychain-key-lost'));
    expect(await store.do({ do: 'insert', token: 'x' })).toMatchObject(failure('keychain-key-lost'));
    expect(await keyring.items()).toEqual([]);
    expect(readFileSync(path.join(folder, 'tokentray.db')).equals(before)).toBe(true);
    // Locked, it might only hide the item.
    await keyring.lock();
    expect(await store.do({ do: 'open' })).toMatchObject(failure('keychain-locked'));
    await keyring.unlock();
    expect(await store.do({ do: 'remove', id })).toMatchObject(OPEN);
    expect(await store.do({ do: 'open' })).toMatchObject(OPEN);
    expect(await store.do({ do: 'insert', id, token: 'new' })).toMatchObject(OPEN);
    expect(await keyring.items()).toHaveLength(1);
  });
});

/** A store with one connection, closed again. */
async function storeWithOne(): Promise<string> {
  const id = crypto.randomUUID();
  const store = start();
  expect(await store.do({ do: 'open' })).toMatchObject(OPEN);
  expect(await store.do({ do: 'insert', id, token: 'first' })).toMatchObject(OPEN);
  expect(await store.exit()).toBe(0);
  return id;
}
