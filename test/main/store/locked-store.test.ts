import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ConnectionId } from '../../../contract/ids.ts';
import type { Lock, Store } from '../../../main/store/ports.ts';
import { MemoryKeychain } from '../../fakes/memory-keychain.ts';
import { sampleConnection, sampleTokens } from '../../fakes/sample-connection.ts';
import { StoreInFolder, value } from '../../fakes/store-in-folder.ts';

const LOCK: Lock = { since: 1, by: 'person' };
const LOCKED = { error: { code: 'locked' } };
let folder: StoreInFolder;
let keychain: MemoryKeychain;
let store: Store;
let id: ConnectionId;

beforeEach(async () => {
  folder = new StoreInFolder();
  keychain = new MemoryKeychain();
  folder.keychain = keychain;
  store = await folder.ready();
  id = value(store.connections.insert(sampleConnection(), sampleTokens())).id;
});
afterEach(() => {
  folder.dispose();
});

function lock(): void {
  value(store.vault.lock(LOCK, { refreshing: false }));
  store.vault.forgetKey(LOCK);
}

it('gives no token that was decrypted a moment before', () => {
  expect(store.connections.tokens(id)).toMatchObject({ ok: true });
  lock();
  expect(store.connections.tokens(id)).toMatchObject(LOCKED);
  expect(store.connections.tokensToRenew(id)).toMatchObject(LOCKED);
});

it('takes nothing for lost that cannot be read only because it is locked', async () => {
  const release = keychain.hold();
  const rotating = store.rotateKey('keychain');
  lock();
  release();
  expect(await rotating).toMatchObject(LOCKED);
  expect(store.copies.read()).toMatchObject(LOCKED);
  value(await store.vault.unlock());
  expect(store.connections.tokens(id)).toMatchObject({ value: { refreshToken: 'refresh-1' } });
  store = await folder.ready();
  expect(store.connections.tokens(id)).toMatchObject({ value: { refreshToken: 'refresh-1' } });
});

it('stores what came for a request that was sent before, while the key is still there', async () => {
  value(store.vault.lock(LOCK, { refreshing: false }));
  const newer = sampleTokens({ refreshToken: 'refresh-2' });
  expect(value(await store.connections.saveRefreshed(id, 1, newer, 5))).toBe(true);
  store.vault.forgetKey(LOCK);
  value(await store.vault.unlock());
  expect(store.connections.tokens(id)).toMatchObject({ value: { refreshToken: 'refresh-2' } });
});
