import type { Clock } from './lib/clock.ts';
import type { Logger } from './lib/log.ts';
import { type Result } from './lib/result.ts';
import type { ServeOptions } from './serve-options.ts';
import { openStore } from './store/open-store.ts';
import type { Store } from './store/ports.ts';
import { systemKeychain } from './store/system-keychain.ts';

/** A sandbox is there to be tried at once: it does not wait long for a keychain. */
const SANDBOX_KEYCHAIN_TIMEOUT_MS = 3000;

/**
 * Opens the store that a start asks for. The sandbox's falls back to memory where there is no keychain, and says
 * so in one line; a real one never does that by itself.
 */
export async function openServeStore(parts: {
  home: string;
  options: Pick<ServeOptions, 'sandbox' | 'sessionOnly'>;
  clock: Clock;
  logger: Logger;
  say: (line: string) => void;
}): Promise<Result<Store>> {
  const { home, options, clock, logger, say } = parts;
  const open = (sessionOnly: boolean, timeout?: number): Result<Store> =>
    openStore({
      home,
      clock,
      logger,
      sessionOnly,
      keychain: systemKeychain(),
      ...(timeout === undefined ? {} : { keychainTimeoutMs: timeout }),
    });
  if (options.sessionOnly) {
    say('Session only: secrets stay in memory and end with Tokentray.');
    return open(true);
  }
  if (!options.sandbox) return open(false);
  const store = open(false, SANDBOX_KEYCHAIN_TIMEOUT_MS);
  if (!store.ok) return store;
  const opened = await store.value.vault.open();
  if (opened.ok) return store;
  store.value.close();
  say(`Session only: ${opened.error.message} What you connect here ends with Tokentray.`);
  return open(true);
}
