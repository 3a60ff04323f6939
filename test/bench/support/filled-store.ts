import { systemClock } from '../../../main/lib/clock.ts';
import { silentLogger } from '../../../main/lib/log.ts';
import { openStore } from '../../../main/store/open-store.ts';
import type { Store } from '../../../main/store/ports.ts';
import type { NewConnection, TokenSet } from '../../../main/store/records.ts';
import { MemoryKeychain } from '../../fakes/memory-keychain.ts';
import { sampleConnection, sampleTokens } from '../../fakes/sample-connection.ts';

const HOUR_MS = 3_600_000;

/** Tokens as Atlassian gives them: an access token of 2 KB, good for an hour. */
export const freshTokens = (changes: Partial<TokenSet> = {}): TokenSet =>
  sampleTokens({
    accessToken: `access-${'a'.repeat(2000)}`,
    refreshToken: `refresh-${'r'.repeat(800)}`,
    obtainedAt: Date.now(),
    expiresAt: Date.now() + HOUR_MS,
    ...changes,
  });

/** The store of a data folder, with its key. */
export async function openReadyStore(home: string, keychain = new MemoryKeychain()): Promise<Store> {
  const store = openStore({ home, clock: systemClock, keychain, sessionOnly: false, logger: silentLogger });
  if (!store.ok) throw new Error(store.error.message);
  const opened = await store.value.vault.open();
  if (!opened.ok) throw new Error(opened.error.message);
  return store.value;
}

export function fill(
  store: Store,
  count: number,
  connection: Partial<NewConnection> = {},
  tokens: Partial<TokenSet> = {},
): void {
  for (let index = 0; index < count; index += 1) {
    const inserted = store.connections.insert(sampleConnection(connection), freshTokens(tokens));
    if (!inserted.ok) throw new Error(inserted.error.message);
  }
}
