import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { systemClock } from '../../main/lib/clock.ts';
import { silentLogger } from '../../main/lib/log.ts';
import type { Result } from '../../main/lib/result.ts';
import type { KeySource } from '../../main/store/key-sources/key-source.ts';
import type { KeychainPort } from '../../main/store/keychain.ts';
import { openStore } from '../../main/store/open-store.ts';
import type { Store } from '../../main/store/ports.ts';
import { MemoryKeychain } from './memory-keychain.ts';

export function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
  return result.value;
}

/** A data folder with the real store in it, which can be opened again. */
export class StoreInFolder {
  readonly home = mkdtempSync(path.join(tmpdir(), 'tokentray-home-'));
  keychain: KeychainPort = new MemoryKeychain();
  keySource: KeySource | null = null;
  #store: Store | null = null;

  /** Opens it, or opens it again; the vault is not open yet. */
  open(): Store {
    this.#store?.close();
    this.#store = value(
      openStore({
        home: this.home,
        clock: systemClock,
        keychain: this.keychain,
        keySource: this.keySource,
        sessionOnly: false,
        logger: silentLogger,
      }),
    );
    return this.#store;
  }

  /** With its vault open. */
  async ready(): Promise<Store> {
    const store = this.open();
    value(await store.vault.open());
    return store;
  }

  close(): void {
    this.#store?.close();
    this.#store = null;
  }

  dispose(): void {
    this.close();
    rmSync(this.home, { recursive: true, force: true });
  }
}
