import { createRequire } from 'node:module';
import type * as Keytar from 'keytar';
import type { KeychainAnswer, KeychainPort } from './keychain.ts';
import { keychainRefusal } from './keychain-refusal.ts';
import { searchItems, type ItemSearch } from './secret-service.ts';
import { SessionBus, sessionBusSocket } from '../lib/session-bus.ts';

const SERVICE = 'Tokentray';

/** Loaded with the first question: the native library costs start-up time, and may not load at all. */
const loadKeytar = (): typeof Keytar => createRequire(import.meta.url)('keytar') as typeof Keytar;

/** The operating system's keychain through keytar; on Linux the Secret Service is asked about the item first. */
export function systemKeychain(): KeychainPort {
  return process.platform === 'linux' ? new SecretServiceKeychain() : nativeKeychain;
}

/** macOS and Windows tell an item that is not there from one that cannot be read. */
const nativeKeychain: KeychainPort = {
  read: async (account) => {
    try {
      const secret = await loadKeytar().getPassword(SERVICE, account);
      return secret === null ? { kind: 'absent', locked: false } : { kind: 'found', secret };
    } catch (fault) {
      return keychainRefusal(fault);
    }
  },
  write: async (account, secret) => {
    try {
      await loadKeytar().setPassword(SERVICE, account, secret);
      return { kind: 'written' };
    } catch (fault) {
      return keychainRefusal(fault);
    }
  },
  close: () => undefined,
};

/**
 * A native call to a service that hangs cannot be given up and keeps the process from ending, so the service has
 * to answer a question over our own socket before keytar is called.
 */
class SecretServiceKeychain implements KeychainPort {
  #bus: SessionBus | null = null;

  async read(account: string): Promise<KeychainAnswer> {
    let search: ItemSearch;
    try {
      search = await this.#search(account);
    } catch (fault) {
      return keychainRefusal(fault);
    }
    if (!search.unlocked && !search.locked) return { kind: 'absent', locked: search.defaultLocked };
    // Asks the person to unlock the keyring, where that is needed and there is somebody to ask.
    const answer = await nativeKeychain.read(account);
    if (answer.kind !== 'absent') return answer;
    return search.unlocked
      ? { kind: 'failed', reason: 'it has the item but does not give it' }
      : { kind: 'locked', reason: 'it was not unlocked' };
  }

  async write(account: string, secret: string): ReturnType<KeychainPort['write']> {
    return nativeKeychain.write(account, secret);
  }

  close(): void {
    this.#bus?.close();
  }

  async #search(account: string): Promise<ItemSearch> {
    const socket = sessionBusSocket(process.env);
    if (socket === null) throw new Error('Could not connect: there is no D-Bus session');
    this.#bus = new SessionBus(socket, process.getuid?.() ?? 0);
    try {
      await this.#bus.hello();
      return await searchItems(this.#bus, { service: SERVICE, account });
    } finally {
      this.#bus.close();
      this.#bus = null;
    }
  }
}
