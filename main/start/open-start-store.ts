import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/log.ts';
import { type Result } from '../lib/result.ts';
import type { StartOptions } from './options.ts';
import { selectedKeySource } from '../store/key-sources/selected-source.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/ports.ts';
import { systemKeychain } from '../store/system-keychain.ts';

/** People want to try the sandbox right away, so it does not wait long for a keychain. */
const SANDBOX_KEYCHAIN_TIMEOUT_MS = 3000;

/**
 * Opens the store that a start asks for. The sandbox falls back to memory if there is no keychain, and prints
 * one line about it; a real store never does so on its own.
 */
export async function openStartStore(parts: {
  home: string;
  options: Pick<StartOptions, 'sandbox' | 'sessionOnly' | 'keySource'>;
  clock: Clock;
  logger: Logger;
  startCommand: string;
  print: (line: string) => void;
}): Promise<Result<Store>> {
  const { home, options, clock, logger, startCommand, print } = parts;
  const keySource = selectedKeySource({ option: options.keySource, env: process.env, home });
  if (!keySource.ok) return keySource;
  const open = (sessionOnly: boolean, timeout?: number): Result<Store> =>
    openStore({
      home,
      clock,
      logger,
      sessionOnly,
      startCommand,
      keychain: systemKeychain(),
      keySource: keySource.value,
      ...(timeout === undefined ? {} : { keychainTimeoutMs: timeout }),
    });
  if (options.sessionOnly) {
    print('Session only: secrets are kept in memory until Tokentray exits.');
    return open(true);
  }
  if (!options.sandbox) return open(false);
  const store = open(false, SANDBOX_KEYCHAIN_TIMEOUT_MS);
  if (!store.ok) return store;
  const opened = await store.value.vault.open();
  // A locked one is there; it waits for its person.
  if (opened.ok || opened.error.code === 'locked') return store;
  store.value.close();
  print(`Session only: ${opened.error.message} Connections made here are lost when Tokentray exits.`);
  return open(true);
}
