import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
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
    for (const address of [
      undefined,
      'unix:path=/nonexistent/bus',
      'tcp:host=127.0.0.1,port=1',
      'nonsense',
    ]) {
      const store = start(withBus(address));
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

  it.each(['restart', 'restartWithBus'] as const)('goes on after %s of the keychain', async (restart) => {
    const id = await storeWithOne();
    await keyring.lock();
    const store = start();
    expect(await store.do({ do: 'open' })).toMatchObject(failure('keychain-locked'));
    await keyring[restart]();
    expect(await store.do({ do: 'open' })).toMatchObject(OPEN);
    expect(await store.do({ do: 'tokens', id })).toMatchObject({ ok: true, value: { accessToken: 'first' } });
  });

  it('asks a keychain that hung and was started again', async () => {
    const id = await storeWithOne();
    keyring.suspend();
    const store = start(keyring.env, { timeoutMs: 200 });
    expect(await store.do({ do: 'open' })).toMatchObject(failure('keychain-timeout'));
    await keyring.restart();
    await expect.poll(() => store.do({ do: 'open' }), { timeout: 10_000 }).toMatchObject(OPEN);
    expect(await store.do({ do: 'tokens', id })).toMatchObject({ ok: true, value: { accessToken: 'first' } });
  });

  it('finds the keychain of a caller, where it was started without a session', async () => {
    const id = await storeWithOne();
    const address = keyring.env['DBUS_SESSION_BUS_ADDRESS']!;
    for (const own of [undefined, 'autolaunch:', 'unix:path=/nonexistent/bus']) {
      const store = start(withBus(own));
      expect(await store.do({ do: 'open' }), own).toMatchObject(failure('keychain-missing'));
      await store.do({ do: 'bus', address: `tcp:host=127.0.0.1,port=1;${address},guid=0f` });
      expect(await store.do({ do: 'tokens', id }), own).toMatchObject({ ok: true });
      expect(await store.exit()).toBe(0);
    }
  });

  it('leaves a session whose keychain hangs for the one of a caller', async () => {
    const id = await storeWithOne();
    const folder = mkdtempSync(path.join(tmpdir(), 'tokentray-hung-bus-'));
    const hung = createServer(() => undefined).listen(path.join(folder, 'bus'));
    try {
      const store = start(withBus(`unix:path=${folder}/bus`), { timeoutMs: 2500 });
      expect(await store.do({ do: 'open' })).toMatchObject(failure('keychain-timeout'));
      await store.do({ do: 'bus', address: keyring.env['DBUS_SESSION_BUS_ADDRESS']! });
      expect(await store.do({ do: 'tokens', id })).toMatchObject({ ok: true });
    } finally {
      hung.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('makes no key in a session where the key is only not to be seen', async () => {
    const id = await storeWithOne();
    await keyring.lock();
    const other = await startKeyring();
    try {
      const both = `${other.env['DBUS_SESSION_BUS_ADDRESS']};${keyring.env['DBUS_SESSION_BUS_ADDRESS']}`;
      const store = start(withBus(both));
      expect(await store.do({ do: 'open' })).toMatchObject(failure('keychain-locked'));
      await keyring.unlock();
      expect(await store.do({ do: 'tokens', id })).toMatchObject(failure('keychain-locked'));
      expect(await store.do({ do: 'open' })).toMatchObject(OPEN);
      expect(await other.items()).toEqual([]);
    } finally {
      await other.stop();
    }
  });

  it('shares its item with what uses libsecret', async () => {
    const store = start();
    expect(await store.do({ do: 'open' })).toMatchObject(OPEN);
    const [item] = await keyring.items();
    expect(item).toBeDefined();
    const keytar = (code: string) =>
      execFileSync(process.execPath, ['-e', `const keytar = require('keytar'); ${code}`], {
        cwd: path.join(import.meta.dirname, '../..'),
        env: keyring.env,
        encoding: 'utf8',
      });
    const [found] = JSON.parse(
      keytar(`keytar.findCredentials('Tokentray').then((all) => console.log(JSON.stringify(all)))`),
    ) as { account: string; password: string }[];
    expect(Buffer.from(found!.password, 'base64')).toHaveLength(32);
    // As earlier versions wrote it.
    await keyring.deleteItem(item!);
    keytar(`keytar.setPassword('Tokentray', '${found!.account}', '${found!.password}')`);
    const id = crypto.randomUUID();
    expect(await store.do({ do: 'insert', id, token: 'first' })).toMatchObject(OPEN);
    expect(await store.exit()).toBe(0);
    const again = start();
    expect(await again.do({ do: 'open' })).toMatchObject(OPEN);
    expect(await again.do({ do: 'tokens', id })).toMatchObject({ ok: true });
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

/** The desktop's environment with another session bus, or none. */
function withBus(address: string | undefined): NodeJS.ProcessEnv {
  const { DBUS_SESSION_BUS_ADDRESS: _own, ...rest } = keyring.env;
  return address === undefined ? rest : { ...rest, DBUS_SESSION_BUS_ADDRESS: address };
}

/** A store with one connection, closed again. */
async function storeWithOne(): Promise<string> {
  const id = crypto.randomUUID();
  const store = start();
  expect(await store.do({ do: 'open' })).toMatchObject(OPEN);
  expect(await store.do({ do: 'insert', id, token: 'first' })).toMatchObject(OPEN);
  expect(await store.exit()).toBe(0);
  return id;
}
