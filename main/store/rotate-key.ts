import { fail, ok, type Result } from '../lib/result.ts';
import { KEY_BYTES, NONCE_LENGTH, seal } from './cipher.ts';
import { must, type Database } from './database.ts';
import type { KeySource } from './key-sources/key-source.ts';
import { keychainFailure, keyForeign } from './keychain-failure.ts';
import { primaryKey } from './copy/table-rows.ts';
import { SECRET_COLUMNS } from './secret-columns.ts';
import { itemKeys, itemText, opensCheck, sealCheck, writeItem, type StoreKeyOptions } from './store-key.ts';
import type { KeyVault } from './vault.ts';

/** Where the new key is kept: a new one in the keychain, or the one that a key source gives. */
export type NewKeyPlace = 'keychain' | KeySource;

export interface KeyRotation {
  /** How many secrets were encrypted again. */
  secrets: number;
  /** The place of the key from now on; null: the keychain. */
  source: string | null;
  /** False: the keychain still holds the old key as well. The next start removes it. */
  oldKeyRemoved: boolean;
}

export interface RotateKeyOptions extends StoreKeyOptions {
  database: Database;
  vault: KeyVault;
  place: NewKeyPlace;
}

/**
 * Encrypts every secret under a new key, in one transaction. Keychain and database cannot commit together, so the
 * keychain item holds both keys until the database is committed; whatever interrupts this, the store opens afterwards.
 * See docs/decisions/0012-key-rotation.md.
 */
export async function rotateKey(options: RotateKeyOptions): Promise<Result<KeyRotation>> {
  const { record, vault, place } = options;
  const opened = await vault.open();
  if (!opened.ok) return opened;
  if (vault.status.state === 'session-only') {
    return fail('unsupported', 'This session keeps its key in memory only, and it ends with the session.');
  }
  const account = record.account();
  if (!account.ok) return account;
  const known = record.source();
  if (!known.ok) return known;
  const key =
    place === 'keychain'
      ? await keyInKeychain(options, account.value, known.value === null)
      : await place.read(account.value);
  if (!key.ok) return key;
  // Locked meanwhile: what cannot be read now would be lost.
  const still = await vault.open();
  if (!still.ok) return still;
  const source = place === 'keychain' ? null : place.name;
  const secrets = encryptAgain(options, key.value, source);
  if (!secrets.ok) return secrets;
  const text = itemText([key.value]);
  // Nothing may run between the commit and this.
  vault.replaceKey(key.value);
  const cleaned = place === 'keychain' ? await writeItem(options, account.value, text) : ok(undefined);
  return ok({ secrets: secrets.value, source, oldKeyRemoved: cleaned.ok });
}

/** A new key that the keychain has given back, together with the one in use if that is there too. */
async function keyInKeychain(
  options: RotateKeyOptions,
  account: string,
  holdsCurrent: boolean,
): Promise<Result<Uint8Array>> {
  const { keychain, keychainAdvice, record, file, random } = options;
  const answer = await keychain.read(account);
  if (answer.kind !== 'found' && (answer.kind !== 'absent' || holdsCurrent)) {
    return answer.kind === 'absent' ? keyForeign(account, file) : keychainFailure(answer, keychainAdvice);
  }
  const keys: Uint8Array[] = [random(KEY_BYTES)];
  if (holdsCurrent && answer.kind === 'found') {
    const check = record.check();
    if (!check.ok) return check;
    const sealed = check.value;
    const current =
      sealed === null ? undefined : itemKeys(answer.secret).find((key) => opensCheck(key, sealed));
    if (current === undefined) return keyForeign(account, file);
    keys.push(current);
  }
  const written = await writeItem(options, account, itemText(keys));
  const [key, ...others] = keys;
  for (const other of others) other.fill(0);
  if (!written.ok) return written;
  return key === undefined ? keyForeign(account, file) : ok(key);
}

function encryptAgain(
  { database, vault, record, random }: RotateKeyOptions,
  key: Uint8Array,
  source: string | null,
): Result<number> {
  return database.transaction(() => {
    let count = 0;
    for (const { table, column, context } of SECRET_COLUMNS) {
      const keyColumns = primaryKey(database, table);
      const rows = database.statement(`SELECT * FROM ${table} WHERE ${column} IS NOT NULL`).all();
      const where = keyColumns.map((name) => `${name} = ?`).join(' AND ');
      const update = database.statement(`UPDATE ${table} SET ${column} = ? WHERE ${where}`);
      for (const row of rows) {
        const sealed = row[column];
        const plain = sealed instanceof Uint8Array ? vault.decrypt(sealed, context(row)) : null;
        // What the old key does not open, no key will.
        if (plain?.ok !== true) continue;
        const again = seal(key, random(NONCE_LENGTH), plain.value, context(row));
        update.run(again, ...keyColumns.map((name) => row[name] ?? null));
        count += 1;
      }
    }
    must(record.setCheck(sealCheck(key, random)));
    must(record.setSource(source));
    return count;
  });
}
