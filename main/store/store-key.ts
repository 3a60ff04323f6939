import { failure, ok, type Result } from '../lib/result.ts';
import { KEY_BYTES, NONCE_LENGTH, seal, unseal } from './cipher.ts';
import type { KeySource } from './key-sources/key-source.ts';
import {
  keychainFailure,
  keyElsewhere,
  keyForeign,
  keyLost,
  sourceForeign,
  sourceMissing,
} from './keychain-failure.ts';
import type { KeychainAnswer, KeychainPort } from './keychain.ts';
import type { KeychainAdvice } from './keychain-place.ts';

/** What the store knows of its key. */
export interface KeyRecord {
  /** Account of the keychain item; kept in the store, so that a moved data folder finds its key. */
  account(): Result<string>;
  /** Whether anything in the store is encrypted that only the key can bring back. */
  hasSecrets(): Result<boolean>;
  /** A known text under the key, to tell the right key from another; null before there was a key. */
  check(): Result<Uint8Array | null>;
  setCheck(sealed: Uint8Array): Result<void>;
  /** Where the key came from last; null is the keychain. */
  source(): Result<string | null>;
  setSource(name: string | null): Result<void>;
}

export interface StoreKeyOptions {
  record: KeyRecord;
  keychain: KeychainPort;
  /** Instead of the keychain; null: the keychain. */
  source: KeySource | null;
  /** The store's file, for messages. */
  file: string;
  /** For messages. */
  keychainAdvice: KeychainAdvice;
  random: (bytes: number) => Uint8Array;
}

const CHECK_TEXT = 'tokentray';
const CHECK_CONTEXT = 'key-check';

export const sealCheck = (key: Uint8Array, random: StoreKeyOptions['random']): Uint8Array =>
  seal(key, random(NONCE_LENGTH), CHECK_TEXT, CHECK_CONTEXT);

export const opensCheck = (key: Uint8Array, check: Uint8Array): boolean =>
  unseal(key, check, CHECK_CONTEXT) === CHECK_TEXT;

/** The text of a keychain item: one key, or during a rotation the new and the old one. */
export const itemText = (keys: readonly Uint8Array[]): string =>
  keys.map((key) => Buffer.from(key).toString('base64')).join(' ');

/** The keys in an item; empty if it is none of ours. */
export function itemKeys(text: string): Uint8Array[] {
  const keys = text.split(' ').map((part) => Buffer.from(part, 'base64'));
  return keys.every((key) => key.length === KEY_BYTES) ? keys : [];
}

/**
 * The store's key. A new one is made only when the keychain says that there is none and nothing is encrypted yet; it is
 * used only after the keychain gave it back. None is ever made for a key source.
 */
export async function obtainStoreKey(options: StoreKeyOptions): Promise<Result<Uint8Array>> {
  const { record, source } = options;
  const account = record.account();
  if (!account.ok) return account;
  const known = record.source();
  if (!known.ok) return known;
  const key =
    source === null
      ? await keyFromKeychain(options, account.value)
      : await keyFromSource(options, source, account.value);
  if (!key.ok) {
    const secrets = source === null && known.value !== null ? record.hasSecrets() : ok(false);
    return secrets.ok && secrets.value && known.value !== null ? sourceMissing(known.value) : key;
  }
  const name = source?.name ?? null;
  const kept = known.value === name ? ok(undefined) : record.setSource(name);
  return kept.ok ? key : kept;
}

async function keyFromSource(
  options: StoreKeyOptions,
  source: KeySource,
  salt: string,
): Promise<Result<Uint8Array>> {
  const key = await source.read(salt);
  return key.ok ? adopt(options, [key.value], () => sourceForeign(source.name, options.file)) : key;
}

async function keyFromKeychain(options: StoreKeyOptions, account: string): Promise<Result<Uint8Array>> {
  const { record, keychain, file, keychainAdvice } = options;
  const answer = await keychain.read(account);
  if (answer.kind === 'found') return fromItem(options, account, answer.secret);
  if (answer.kind !== 'absent') return keychainFailure(answer, keychainAdvice);
  const hasSecrets = record.hasSecrets();
  if (!hasSecrets.ok) return hasSecrets;
  if (!hasSecrets.value) return create(options, account);
  if (answer.unreached !== undefined) return keyElsewhere(account, answer.unreached);
  return answer.locked
    ? keychainFailure({ kind: 'locked', reason: 'it shows no items while it is locked' }, keychainAdvice)
    : keyLost(account, file);
}

async function create(options: StoreKeyOptions, account: string): Promise<Result<Uint8Array>> {
  const key = options.random(KEY_BYTES);
  const secret = itemText([key]);
  key.fill(0);
  const written = await writeItem(options, account, secret);
  return written.ok ? fromItem(options, account, secret) : written;
}

/** Writes the item and reads it back. */
export async function writeItem(
  { keychain, keychainAdvice }: Pick<StoreKeyOptions, 'keychain' | 'keychainAdvice'>,
  account: string,
  secret: string,
): Promise<Result<void>> {
  const written = await keychain.write(account, secret);
  if (written.kind !== 'written') return keychainFailure(written, keychainAdvice);
  const answer: KeychainAnswer = await keychain.read(account);
  if (answer.kind === 'found' && answer.secret === secret) return ok(undefined);
  return keychainFailure(
    answer.kind === 'found' || answer.kind === 'absent'
      ? { kind: 'failed', reason: 'it does not return what was stored in it' }
      : answer,
    keychainAdvice,
  );
}

async function fromItem(
  options: StoreKeyOptions,
  account: string,
  secret: string,
): Promise<Result<Uint8Array>> {
  const keys = itemKeys(secret);
  const key = adopt(options, keys, () => keyForeign(account, options.file));
  // A rotation was interrupted. If this fails too, the next start tries again.
  if (key.ok && keys.length > 1) await options.keychain.write(account, itemText([key.value]));
  return key;
}

/** The one of the keys that the store is encrypted under; for a store without secrets, the first. */
function adopt(
  { record, random }: StoreKeyOptions,
  keys: readonly Uint8Array[],
  foreign: () => Result<never>,
): Result<Uint8Array> {
  const [first] = keys;
  if (first === undefined) return foreign();
  const check = record.check();
  if (!check.ok) return check;
  if (check.value !== null) {
    const sealed = check.value;
    const right = keys.find((key) => opensCheck(key, sealed));
    if (right !== undefined) return ok(right);
    const hasSecrets = record.hasSecrets();
    if (!hasSecrets.ok) return hasSecrets;
    if (hasSecrets.value) return foreign();
  }
  const kept = record.setCheck(sealCheck(first, random));
  return kept.ok ? ok(first) : failure(kept.error);
}
