import { z } from 'zod';
import type { OAuthClientId } from '../../contract/ids.ts';
import type { Logger } from '../lib/log.ts';
import { fail, ok, type Result } from '../lib/result.ts';
import type { DamagedRows } from './damaged-rows.ts';
import type { Database } from './database.ts';
import { loadRecords } from './load-records.ts';
import { parseJson } from './parse-json.ts';
import type { LockableVault, OAuthClientStore } from './ports.ts';
import { OAuthClientRecordSchema } from './record-schemas.ts';
import type { OAuthClientRecord } from './records.ts';
import { clientContext } from './secret-columns.ts';

const notFound = (): Result<never> => fail('not-found', 'This OAuth client no longer exists.');

interface Secrets {
  secret: string | null;
  registrationToken: string | null;
}

const SecretsSchema = z.lazy(() =>
  z.object({ secret: z.string().nullable(), registrationToken: z.string().nullable() }),
);

/** What is encrypted: both secrets of a registered client, or a client secret as it is. Null: nothing. */
const secretText = ({ registration }: OAuthClientRecord, secrets: Secrets): string | null =>
  registration ? JSON.stringify(secrets) : secrets.secret;

const secretsIn = ({ registration }: OAuthClientRecord, text: string): Secrets =>
  registration
    ? (parseJson(SecretsSchema, text) ?? { secret: null, registrationToken: null })
    : { secret: text, registrationToken: null };

/** OAuth clients; their secrets are encrypted as tokens are. */
export class SqliteOAuthClientStore implements OAuthClientStore {
  readonly #database: Database;
  readonly #vault: LockableVault;
  readonly #records: Map<OAuthClientId, OAuthClientRecord>;

  static load(
    database: Database,
    vault: LockableVault,
    logger: Logger,
    damaged: DamagedRows,
  ): Result<SqliteOAuthClientStore> {
    const records = loadRecords(database, 'clients', OAuthClientRecordSchema, logger, damaged);
    return records.ok ? ok(new SqliteOAuthClientStore(database, vault, records.value)) : records;
  }

  private constructor(
    database: Database,
    vault: LockableVault,
    records: Map<OAuthClientId, OAuthClientRecord>,
  ) {
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

  save(
    client: OAuthClientRecord,
    secret: string | null,
    registrationToken: string | null = null,
  ): Result<void> {
    const text = secretText(client, { secret, registrationToken });
    const sealed = text === null ? ok(null) : this.#vault.encrypt(text, clientContext(client.id));
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

  update(client: OAuthClientRecord): Result<void> {
    const known = this.#records.get(client.id);
    if (!known) return notFound();
    const record = Object.freeze(OAuthClientRecordSchema.parse({ ...client, hasSecret: known.hasSecret }));
    const saved = this.#database.attempt(() =>
      this.#database
        .statement('UPDATE clients SET record = ? WHERE id = ?')
        .run(JSON.stringify(record), record.id),
    );
    if (!saved.ok) return saved;
    this.#records.set(record.id, record);
    return ok(undefined);
  }

  secret(id: OAuthClientId): Result<string | null> {
    if (this.#records.get(id)?.hasSecret === false) return ok(null);
    const secrets = this.#secrets(id);
    return secrets.ok ? ok(secrets.value.secret) : secrets;
  }

  registrationToken(id: OAuthClientId): Result<string | null> {
    const secrets = this.#secrets(id);
    return secrets.ok ? ok(secrets.value.registrationToken) : secrets;
  }

  #secrets(id: OAuthClientId): Result<Secrets> {
    const record = this.#records.get(id);
    if (!record) return notFound();
    if (!record.hasSecret && !record.registration) return ok({ secret: null, registrationToken: null });
    const row = this.#database.attempt(() =>
      this.#database.statement('SELECT secret FROM clients WHERE id = ?').get(id),
    );
    if (!row.ok) return row;
    const sealed = row.value?.['secret'];
    const text = this.#vault.whileLocked.decrypt(
      sealed instanceof Uint8Array ? sealed : new Uint8Array(),
      clientContext(id),
    );
    return text.ok ? ok(secretsIn(record, text.value)) : text;
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
