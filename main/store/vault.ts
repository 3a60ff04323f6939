import { createSecretKey, type KeyObject } from 'node:crypto';
import type { Failure } from '../../contract/errors.ts';
import type { KeychainStatus } from '../../contract/status.ts';
import { isoTime, type Clock } from '../lib/clock.ts';
import type { Disposable } from '../lib/disposable.ts';
import { Emitter } from '../lib/emitter.ts';
import { fail, failure, ok, type Result } from '../lib/result.ts';
import { NONCE_LENGTH, seal, unseal } from './cipher.ts';
import { keychainFailure, sourceSlow } from './keychain-failure.ts';
import type { KeychainAdvice } from './keychain-place.ts';
import type { Lock, LockableVault, Sealing } from './ports.ts';

export interface VaultOptions {
  /** Asks the keychain, or where else the key is kept; may take long. Never called while an earlier question is open. */
  obtainKey: () => Promise<Result<Uint8Array>>;
  /** Where the key is kept, if that is not the keychain. */
  sourceName?: string | null;
  clock: Clock;
  /** How long `open` waits for one answer. */
  timeoutMs: number;
  /** For messages. */
  keychainAdvice: KeychainAdvice;
  random: (bytes: number) => Uint8Array;
  /** It was locked when it was used last, and stays so. */
  lock?: Lock | null;
}

const CLOSED = fail('cancelled', 'Tokentray is shutting down.');
const NOT_OPEN = fail(
  'keychain-timeout',
  'The keychain has not been asked for the key yet.',
  'Wait a moment and try again.',
);

export const KEY_IN_MEMORY_ONLY = fail(
  'unsupported',
  'This session keeps its key in memory only, so locking would lose every secret.',
  'Stop Tokentray instead: tokentray stop',
);
const LOCKED = fail(
  'locked',
  'Tokentray is locked, so no credential is given or sent.',
  'Unlock it in its window, or run: tokentray unlock',
);

/** Holds the key in memory once the keychain gave it, and until it is locked. */
export class KeyVault implements LockableVault, Disposable {
  #status: KeychainStatus;
  #key: KeyObject | null;
  #lock: Lock | null;
  /** For the lock that there was when it was asked: an answer to it opens nothing that was locked since. */
  #question: { lock: Lock | null; answer: Promise<Result<void>> } | null = null;
  #closed = false;
  readonly #statusChanges = new Emitter<KeychainStatus>();
  readonly #options: VaultOptions;
  readonly onStatus = this.#statusChanges.event;
  /** Uses the key as long as it is in memory, also while this is locked. */
  readonly whileLocked: Sealing = {
    encrypt: (plaintext, context) => this.#encrypt(plaintext, context),
    decrypt: (ciphertext, context) => this.#decrypt(ciphertext, context),
  };

  /** With `sessionKey` the vault is open from the start and asks no keychain. */
  constructor(options: VaultOptions, sessionKey: Uint8Array | null = null) {
    this.#options = options;
    this.#key = sessionKey === null ? null : createSecretKey(sessionKey);
    this.#lock = options.lock ?? null;
    if (sessionKey !== null) this.#status = { state: 'session-only' };
    else if (this.#lock !== null) this.#status = lockedStatus(this.#lock, false);
    else this.#status = { state: 'opening' };
  }

  get status(): KeychainStatus {
    return this.#status;
  }

  get failure(): Failure | null {
    return this.#lock === null ? null : LOCKED.error;
  }

  async open(): Promise<Result<void>> {
    if (this.#closed) return CLOSED;
    if (this.#lock !== null) return LOCKED;
    if (this.#key !== null) return ok(undefined);
    return this.#obtain();
  }

  lock(lock: Lock, { refreshing }: { refreshing: boolean }): Result<void> {
    if (this.#closed) return CLOSED;
    if (this.#status.state === 'session-only') return KEY_IN_MEMORY_ONLY;
    this.#lock = lock;
    this.#setStatus(lockedStatus(lock, refreshing && this.#key !== null));
    return ok(undefined);
  }

  /** Of a lock that ended meanwhile: keeps it. */
  forgetKey(lock: Lock): void {
    if (this.#lock === lock) this.#key = null;
  }

  async unlock(): Promise<Result<void>> {
    if (this.#closed) return CLOSED;
    // Asked before it was locked: its answer is not used, but no second question may be open beside it.
    if (this.#question !== null && this.#question.lock !== this.#lock)
      await this.#inTime(this.#question.answer);
    return this.#lock === null ? this.open() : this.#obtain();
  }

  encrypt(plaintext: string, context: string): Result<Uint8Array> {
    return this.#lock === null ? this.#encrypt(plaintext, context) : LOCKED;
  }

  decrypt(ciphertext: Uint8Array, context: string): Result<string> {
    return this.#lock === null ? this.#decrypt(ciphertext, context) : LOCKED;
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

  async #obtain(): Promise<Result<void>> {
    // A question that was not answered in time stays open, and its answer is used when it comes.
    this.#question ??= { lock: this.#lock, answer: this.#ask(this.#lock) };
    const answer = await this.#inTime(this.#question.answer);
    if (!answer.ok) this.#setUnavailable(answer.error);
    return answer;
  }

  async #ask(lock: Lock | null): Promise<Result<void>> {
    try {
      const key = await this.#options.obtainKey();
      if (this.#closed) return CLOSED;
      if (!key.ok) {
        this.#setUnavailable(key.error);
        return key;
      }
      if (this.#lock === lock) {
        this.#key = createSecretKey(key.value);
        this.#lock = null;
      }
      key.value.fill(0);
      if (this.#lock !== null) return LOCKED;
      this.#setStatus({ state: 'ready' });
      return ok(undefined);
    } finally {
      this.#question = null;
    }
  }

  #encrypt(plaintext: string, context: string): Result<Uint8Array> {
    if (this.#key === null) return this.#noKey();
    return ok(seal(this.#key, this.#options.random(NONCE_LENGTH), plaintext, context));
  }

  #decrypt(ciphertext: Uint8Array, context: string): Result<string> {
    if (this.#key === null) return this.#noKey();
    const plaintext = unseal(this.#key, ciphertext, context);
    if (plaintext !== null) return ok(plaintext);
    return fail(
      'store-corrupt',
      'A stored secret cannot be decrypted: the file was altered or damaged. It was left as it is.',
      'Reconnect the connection, or enter the secret of the OAuth client again.',
    );
  }

  async #inTime(answer: Promise<Result<void>>): Promise<Result<void>> {
    const { clock, timeoutMs, keychainAdvice, sourceName = null } = this.#options;
    let timer: Disposable | null = null;
    const limit = new Promise<Result<void>>((resolve) => {
      timer = clock.setTimeout(() => {
        const reason = `no answer within ${timeoutMs / 1000} s`;
        resolve(
          sourceName === null
            ? keychainFailure({ kind: 'timed-out', reason }, keychainAdvice)
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
    if (this.#lock !== null) return LOCKED;
    return this.#status.state === 'unavailable' ? failure(this.#status.error) : NOT_OPEN;
  }

  #setUnavailable(error: (KeychainStatus & { state: 'unavailable' })['error']): void {
    if (!this.#closed && this.#lock === null) this.#setStatus({ state: 'unavailable', error });
  }

  #setStatus(status: KeychainStatus): void {
    if (JSON.stringify(status) === JSON.stringify(this.#status)) return;
    this.#status = status;
    this.#statusChanges.emit(status);
  }
}

const lockedStatus = ({ since, by }: Lock, refreshing: boolean): KeychainStatus => ({
  state: 'locked',
  since: isoTime(since),
  by,
  refreshing,
});
