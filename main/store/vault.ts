import { createSecretKey, type KeyObject } from 'node:crypto';
import type { KeychainStatus } from '../../contract/status.ts';
import type { Clock } from '../lib/clock.ts';
import type { Disposable } from '../lib/disposable.ts';
import { Emitter } from '../lib/emitter.ts';
import { fail, failure, ok, type Result } from '../lib/result.ts';
import { NONCE_LENGTH, seal, unseal } from './cipher.ts';
import { keychainFailure, sourceSlow } from './keychain-failure.ts';
import type { Vault } from './ports.ts';

export interface VaultOptions {
  /** Asks the keychain, or where else the key is kept; may take long. Never called while an earlier question is open. */
  obtainKey: () => Promise<Result<Uint8Array>>;
  /** Where the key is kept, if that is not the keychain. */
  sourceName?: string | null;
  clock: Clock;
  /** How long `open` waits for one answer. */
  timeoutMs: number;
  platform: string;
  random: (bytes: number) => Uint8Array;
}

const CLOSED = fail('cancelled', 'Tokentray is shutting down.');
const NOT_OPEN = fail(
  'keychain-timeout',
  'The keychain has not been asked for the key yet.',
  'Wait a moment and try again.',
);

/** Holds the key in memory once the keychain gave it. */
export class KeyVault implements Vault, Disposable {
  #status: KeychainStatus;
  #key: KeyObject | null;
  #question: Promise<Result<void>> | null = null;
  #closed = false;
  readonly #statusChanges = new Emitter<KeychainStatus>();
  readonly #options: VaultOptions;
  readonly onStatus = this.#statusChanges.event;

  /** With `sessionKey` the vault is open from the start and asks no keychain. */
  constructor(options: VaultOptions, sessionKey: Uint8Array | null = null) {
    this.#options = options;
    this.#key = sessionKey === null ? null : createSecretKey(sessionKey);
    this.#status = { state: sessionKey === null ? 'opening' : 'session-only' };
  }

  get status(): KeychainStatus {
    return this.#status;
  }

  async open(): Promise<Result<void>> {
    if (this.#closed) return CLOSED;
    if (this.#key !== null) return ok(undefined);
    // A question that was not answered in time stays open, and its answer is used when it comes.
    this.#question ??= this.#ask();
    const answer = await this.#inTime(this.#question);
    if (!answer.ok) this.#setUnavailable(answer.error);
    return answer;
  }

  encrypt(plaintext: string, context: string): Result<Uint8Array> {
    if (this.#key === null) return this.#noKey();
    return ok(seal(this.#key, this.#options.random(NONCE_LENGTH), plaintext, context));
  }

  decrypt(ciphertext: Uint8Array, context: string): Result<string> {
    if (this.#key === null) return this.#noKey();
    const plaintext = unseal(this.#key, ciphertext, context);
    if (plaintext !== null) return ok(plaintext);
    return fail(
      'store-corrupt',
      'A stored secret cannot be decrypted: the file was altered or damaged. It was left as it is.',
      'Reconnect the connection, or enter the secret of the OAuth client again.',
    );
  }

  /** From now on everything is sealed under this key, and nothing that was sealed before can be read. Clears it. */
  replaceKey(key: Uint8Array): void {
    this.#key = createSecretKey(key);
    key.fill(0);
  }

  /** Forgets the key. */
  dispose(): void {
    this.#closed = true;
    this.#key = null;
  }

  async #ask(): Promise<Result<void>> {
    try {
      const key = await this.#options.obtainKey();
      if (this.#closed) return CLOSED;
      if (!key.ok) {
        this.#setUnavailable(key.error);
        return key;
      }
      this.#key = createSecretKey(key.value);
      key.value.fill(0);
      this.#setStatus({ state: 'ready' });
      return ok(undefined);
    } finally {
      this.#question = null;
    }
  }

  async #inTime(answer: Promise<Result<void>>): Promise<Result<void>> {
    const { clock, timeoutMs, platform, sourceName = null } = this.#options;
    let timer: Disposable | null = null;
    const limit = new Promise<Result<void>>((resolve) => {
      timer = clock.setTimeout(() => {
        const reason = `no answer within ${timeoutMs / 1000} s`;
        resolve(
          sourceName === null
            ? keychainFailure({ kind: 'timed-out', reason }, platform)
            : sourceSlow(sourceName, reason),
        );
      }, timeoutMs);
    });
    try {
      return await Promise.race([answer, limit]);
    } finally {
      void (timer as Disposable | null)?.dispose();
    }
  }

  #noKey(): Result<never> {
    if (this.#closed) return CLOSED;
    return this.#status.state === 'unavailable' ? failure(this.#status.error) : NOT_OPEN;
  }

  #setUnavailable(error: (KeychainStatus & { state: 'unavailable' })['error']): void {
    if (!this.#closed) this.#setStatus({ state: 'unavailable', error });
  }

  #setStatus(status: KeychainStatus): void {
    if (JSON.stringify(status) === JSON.stringify(this.#status)) return;
    this.#status = status;
    this.#statusChanges.emit(status);
  }
}
