import type { OAuthClientId } from '../../contract/ids.ts';
import type { Logger } from '../lib/log.ts';
import { fail, ok, type Result } from '../lib/result.ts';
import type { DamagedRows } from './damaged-rows.ts';
import type { Database } from './database.ts';
import { loadRecords } from './load-records.ts';
import type { OAuthClientStore, Vault } from './ports.ts';
import { OAuthClientRecordSchema } from './record-schemas.ts';
import type { OAuthClientRecord } from './records.ts';
import { clientContext } from './secret-columns.ts';

const notFound = (): Result<never> => fail('not-found', 'This OAuth client no longer exists.');

/** OAuth clients; their secrets are encrypted as tokens are. */
export class SqliteOAuthClientStore implements OAuthClientStore {
  readonly #database: Database;
  readonly #vault: Vault;
  readonly #records: Map<OAuthClientId, OAuthClientRecord>;

  static load(
    database: Database,
    vault: Vault,
    logger: Logger,
    damaged: DamagedRows,
  ): Result<SqliteOAuthClientStore> {
    const records = loadRecords(database, 'clients', OAuthClientRecordSchema, logger, damaged);
    return records.ok ? ok(new SqliteOAuthClientStore(database, vault, records.value)) : records;
  }

  private constructor(database: Database, vault: Vault, records: Map<OAuthClientId, OAuthClientRecord>) {
    this.#database = database;
    this.#vault = vault;
    this.#records = records;
  }

  list(): OAuthClientRecord[] {
    return [...this.#records.values()];
  }

  get(id: OAuthClientId): OAuthClientRecord | null {
    return this.#records.get(id) ?? null;
  }

  save(client: OAuthClientRecord, secret: string | null): Result<void> {
    const sealed = secret === null ? ok(null) : this.#vault.encrypt(secret, clientContext(client.id));
    if (!sealed.ok) return sealed;
    const record = Object.freeze(OAuthClientRecordSchema.parse({ ...client, hasSecret: secret !== null }));
    const saved = this.#database.attempt(() =>
      this.#database
        .statement(
          'INSERT INTO clients VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET record = excluded.record, secret = excluded.secret',
        )
        .run(record.id, JSON.stringify(record), sealed.value),
    );
    if (!saved.ok) return saved;
    this.#records.set(record.id, record);
    return ok(undefined);
  }

  secret(id: OAuthClientId): Result<string | null> {
    const record = this.#records.get(id);
    if (!record) return notFound();
    if (!record.hasSecret) return ok(null);
    const row = this.#database.attempt(() =>
      this.#database.statement('SELECT secret FROM clients WHERE id = ?').get(id),
    );
    if (!row.ok) return row;
    const sealed = row.value?.['secret'];
    return this.#vault.decrypt(sealed instanceof Uint8Array ? sealed : new Uint8Array(), clientContext(id));
  }

  remove(id: OAuthClientId): Result<void> {
    if (!this.#records.has(id)) return notFound();
    const removed = this.#database.attempt(() =>
      this.#database.statement('DELETE FROM clients WHERE id = ?').run(id),
    );
    if (!removed.ok) return removed;
    this.#records.delete(id);
    return ok(undefined);
  }
}
