import { failure, ok, type Result } from '../lib/result.ts';
import { KEY_BYTES, NONCE_LENGTH, seal, unseal } from './cipher.ts';
import { keychainFailure, keyElsewhere, keyForeign, keyLost } from './keychain-failure.ts';
import type { KeychainAnswer, KeychainPort } from './keychain.ts';

/** What the store knows of its key. */
export interface KeyRecord {
  /** Account of the keychain item; kept in the store, so that a moved data folder finds its key. */
  account(): Result<string>;
  /** Whether anything in the store is encrypted that only the key can bring back. */
  hasSecrets(): Result<boolean>;
  /** A known text under the key, to tell the right key from another; null before there was a key. */
  check(): Result<Uint8Array | null>;
  setCheck(sealed: Uint8Array): Result<void>;
}

export interface StoreKeyOptions {
  record: KeyRecord;
  keychain: KeychainPort;
  /** The store's file, for messages. */
  file: string;
  platform: string;
  random: (bytes: number) => Uint8Array;
}

const CHECK_TEXT = 'tokentray';
const CHECK_CONTEXT = 'key-check';

/**
 * The store's key from the keychain. A new one is made only when the keychain says that there is none and
 * nothing is encrypted yet; it is used only after the keychain gave it back.
 */
export async function obtainStoreKey(options: StoreKeyOptions): Promise<Result<Uint8Array>> {
  const { record, keychain, file, platform } = options;
  const account = record.account();
  if (!account.ok) return account;
  const answer = await keychain.read(account.value);
  if (answer.kind === 'found') return adopt(options, account.value, answer.secret);
  if (answer.kind !== 'absent') return keychainFailure(answer, platform);
  const hasSecrets = record.hasSecrets();
  if (!hasSecrets.ok) return hasSecrets;
  if (!hasSecrets.value) return create(options, account.value);
  if (answer.unreached !== undefined) return keyElsewhere(account.value, answer.unreached);
  return answer.locked
    ? keychainFailure({ kind: 'locked', reason: 'it shows no items while it is locked' }, platform)
    : keyLost(account.value, file);
}

async function create(options: StoreKeyOptions, account: string): Promise<Result<Uint8Array>> {
  const { keychain, platform, random } = options;
  const key = random(KEY_BYTES);
  const secret = Buffer.from(key).toString('base64');
  key.fill(0);
  const written = await keychain.write(account, secret);
  if (written.kind !== 'written') return keychainFailure(written, platform);
  const answer: KeychainAnswer = await keychain.read(account);
  if (answer.kind === 'found' && answer.secret === secret) return adopt(options, account, secret);
  return keychainFailure(
    answer.kind === 'found' || answer.kind === 'absent'
      ? { kind: 'failed', reason: 'it does not return what was stored in it' }
      : answer,
    platform,
  );
}

function adopt(options: StoreKeyOptions, account: string, secret: string): Result<Uint8Array> {
  const { record, file, random } = options;
  const key = Buffer.from(secret, 'base64');
  if (key.length !== KEY_BYTES) return keyForeign(account, file);
  const check = record.check();
  if (!check.ok) return check;
  if (check.value !== null && unseal(key, check.value, CHECK_CONTEXT) === CHECK_TEXT) return ok(key);
  if (check.value !== null) {
    const hasSecrets = record.hasSecrets();
    if (!hasSecrets.ok) return hasSecrets;
    if (hasSecrets.value) return keyForeign(account, file);
  }
  const kept = record.setCheck(seal(key, random(NONCE_LENGTH), CHECK_TEXT, CHECK_CONTEXT));
  return kept.ok ? ok(key) : failure(kept.error);
}
