import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { systemClock } from '../../../main/lib/clock.ts';
import { silentLogger } from '../../../main/lib/log.ts';
import { ok } from '../../../main/lib/result.ts';
import { openStore } from '../../../main/store/open-store.ts';
import type { Store } from '../../../main/store/ports.ts';
import { sampleConnection, sampleTokens } from '../../fakes/sample-connection.ts';
import { MemoryKeychain } from '../../fakes/memory-keychain.ts';

let home: string;
const keychain = new MemoryKeychain();
beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'tokentray-network-store-'));
});
afterEach(() => {
  rmSync(home, { recursive: true });
});

async function open(): Promise<Store> {
  const store = openStore({ home, clock: systemClock, keychain, sessionOnly: false, logger: silentLogger });
  if (!store.ok) throw new Error(store.error.message);
  expect(await store.value.vault.open()).toEqual(ok(undefined));
  return store.value;
}

it('keeps settings across starts, secrets only encrypted', async () => {
  const settings = { proxy: { from: 'manual' as const, url: 'http://ana@p:1' } };
  const first = await open();
  expect(first.network.set('default', settings, { proxyPassword: 'canary-password' })).toEqual(ok(undefined));
  first.close();
  for (const file of readdirSync(home, { recursive: true, withFileTypes: true }))
    if (file.isFile())
      expect(readFileSync(path.join(file.parentPath, file.name), 'latin1')).not.toContain('canary-password');
  const second = await open();
  expect(second.network.get('default')).toEqual(settings);
  expect(second.network.has('default', 'proxyPassword')).toBe(true);
  expect(second.network.has('default', 'keyPassphrase')).toBe(false);
  expect(second.network.secrets('default')).toEqual(ok({ proxyPassword: 'canary-password' }));
  second.network.set('default', {}, {});
  second.close();
  const third = await open();
  expect(third.network.get('default')).toEqual({});
  expect(third.network.secrets('default')).toEqual(ok({}));
  third.close();
});

it('loses those of a connection with the connection', async () => {
  const store = await open();
  const added = store.connections.insert(sampleConnection(), sampleTokens());
  if (!added.ok) throw new Error(added.error.message);
  const { id } = added.value;
  store.network.set(id, { verify: false }, {});
  store.network.set('default', { caFile: '/ca' }, {});
  store.connections.remove(id);
  store.close();
  const again = await open();
  expect(again.network.get(id)).toEqual({});
  expect(again.network.get('default')).toEqual({ caFile: '/ca' });
  again.close();
});
