import { fail, ok, type Result } from '../lib/result.ts';
import type { Database } from './database.ts';
import type { AuthorityStore, StoredAuthority, Vault } from './ports.ts';
import { AUTHORITY_CONTEXT } from './secret-columns.ts';

/** The certificate authority of this installation; its key is encrypted as tokens are. */
export class SqliteAuthorityStore implements AuthorityStore {
  readonly #database: Database;
  readonly #vault: Vault;

  constructor(database: Database, vault: Vault) {
    this.#database = database;
    this.#vault = vault;
  }

  get(): Result<StoredAuthority | null> {
    const row = this.#database.attempt(() =>
      this.#database.statement("SELECT record, key FROM authorities WHERE id = 'proxy'").get(),
    );
    if (!row.ok) return row;
    if (row.value === undefined) return ok(null);
    const { record, key: sealed } = row.value;
    const key = this.#vault.decrypt(
      sealed instanceof Uint8Array ? sealed : new Uint8Array(),
      AUTHORITY_CONTEXT,
    );
    if (!key.ok) return key;
    const known = parsed(String(record));
    return known === null
      ? fail('store-corrupt', 'The certificate authority of the proxy cannot be read.')
      : ok({ ...known, key: key.value });
  }

  set({ key, ...record }: StoredAuthority): Result<void> {
    const sealed = this.#vault.encrypt(key, AUTHORITY_CONTEXT);
    if (!sealed.ok) return sealed;
    const saved = this.#database.attempt(() =>
      this.#database
        .statement("INSERT OR REPLACE INTO authorities VALUES ('proxy', ?, ?)")
        .run(JSON.stringify(record), sealed.value),
    );
    return saved.ok ? ok(undefined) : saved;
  }
}

function parsed(text: string): Omit<StoredAuthority, 'key'> | null {
  try {
    const { certificate, hosts, until } = JSON.parse(text) as Record<string, unknown>;
    return typeof certificate === 'string' && Array.isArray(hosts) && typeof until === 'number'
      ? { certificate, hosts: hosts.map(String), until }
      : null;
  } catch {
    return null;
  }
}
