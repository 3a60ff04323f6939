import type { KeychainAnswer, KeychainPort, KeychainRefusal } from '../../main/store/keychain.ts';

/** A keychain in memory. `refusal` set: it answers that instead; `hold()`: it does not answer until released. */
export class MemoryKeychain implements KeychainPort {
  readonly items = new Map<string, string>();
  refusal: KeychainRefusal | null = null;
  /** The keyring where new items go is locked, as far as an absent item's answer says. */
  locked = false;
  /** Why another keychain, which may have an absent item, cannot be asked. */
  unreached: string | undefined;
  reads = 0;
  writes = 0;
  #gate: Promise<void> = Promise.resolve();

  /** The next answers wait until the function that it gives is called. */
  hold(): () => void {
    const gate = Promise.withResolvers<undefined>();
    this.#gate = gate.promise;
    return () => {
      gate.resolve(undefined);
    };
  }

  async read(account: string): Promise<KeychainAnswer> {
    this.reads += 1;
    await this.#gate;
    if (this.refusal) return this.refusal;
    const secret = this.items.get(account);
    if (secret !== undefined) return { kind: 'found', secret };
    const { locked, unreached } = this;
    return { kind: 'absent', locked, ...(unreached !== undefined && { unreached }) };
  }

  async write(account: string, secret: string): Promise<{ kind: 'written' } | KeychainRefusal> {
    this.writes += 1;
    await this.#gate;
    if (this.refusal) return this.refusal;
    this.items.set(account, secret);
    return { kind: 'written' };
  }

  close(): void {
    this.#gate = Promise.resolve();
  }
}
