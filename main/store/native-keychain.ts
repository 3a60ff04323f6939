import { createRequire } from 'node:module';
import type * as Keytar from 'keytar';
import type { KeychainPort } from './keychain.ts';
import { keychainRefusal } from './keychain-refusal.ts';
import { KEYCHAIN_SERVICE } from './keychain.ts';

/** Loaded with the first question: the native library costs start-up time, and may not load at all. */
const loadKeytar = (): typeof Keytar => createRequire(import.meta.url)('keytar') as typeof Keytar;

let open = 0;

/**
 * How many native calls are pending in this process. They cannot be cancelled, and each keeps the process from exiting
 * normally, so it then has to kill itself.
 */
export const openKeychainCalls = (): number => open;

async function call<T>(work: (keytar: typeof Keytar) => Promise<T>): Promise<T> {
  open += 1;
  try {
    return await work(loadKeytar());
  } finally {
    open -= 1;
  }
}

/** An item of whatever program; null when there is none. Rejects with what the system says. */
export const readNativeItem = (service: string, account: string): Promise<string | null> =>
  call((keytar) => keytar.getPassword(service, account));

/** The keychain of macOS and Windows, which tell an item that is not there from one that cannot be read. */
export const nativeKeychain: KeychainPort = {
  read: async (account) => {
    try {
      const secret = await call((keytar) => keytar.getPassword(KEYCHAIN_SERVICE, account));
      return secret === null ? { kind: 'absent', locked: false } : { kind: 'found', secret };
    } catch (fault) {
      return keychainRefusal(fault);
    }
  },
  write: async (account, secret) => {
    try {
      await call((keytar) => keytar.setPassword(KEYCHAIN_SERVICE, account, secret));
      return { kind: 'written' };
    } catch (fault) {
      return keychainRefusal(fault);
    }
  },
  close: () => undefined,
};
