import { systemClock, type Clock } from '../../main/lib/clock.ts';
import { silentLogger } from '../../main/lib/log.ts';
import { openStore } from '../../main/store/open-store.ts';
import type { Store } from '../../main/store/ports.ts';
import { MemoryKeychain } from './memory-keychain.ts';

/** The real store, in memory: session-only, open at once. */
export function memoryStore({ clock = systemClock }: { clock?: Clock } = {}): Store {
  const store = openStore({
    home: '/nowhere',
    clock,
    keychain: new MemoryKeychain(),
    sessionOnly: true,
    logger: silentLogger,
  });
  if (!store.ok) throw new Error(store.error.message);
  return store.value;
}
