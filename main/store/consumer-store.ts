import { Rules } from '../../contract/gateway.ts';
import type { ConnectionId, ConsumerId } from '../../contract/ids.ts';
import type { Logger } from '../lib/log.ts';
import { fail, ok, type Result } from '../lib/result.ts';
import type { DamagedRows } from './damaged-rows.ts';
import type { Database } from './database.ts';
import { loadRecords } from './load-records.ts';
import { READ_ONCE } from '../lib/read-once.ts';
import { parseJson } from './parse-json.ts';
import type { ConsumerStore } from './ports.ts';
import { ConsumerRecordSchema } from './record-schemas.ts';
import type { ConsumerKey, ConsumerRecord } from './records.ts';

/** Consumers with the hashes of their keys, and the rules of connections. A consumer that cannot be read has no key that works. */
export class SqliteConsumerStore implements ConsumerStore {
  readonly #database: Database;
  readonly #logger: Logger;
  readonly #records: Map<ConsumerId, ConsumerRecord>;
  readonly #rules: Map<ConnectionId, Rules>;

  static load(database: Database, logger: Logger, damaged: DamagedRows): Result<SqliteConsumerStore> {
    const records = loadRecords(database, 'consumers', ConsumerRecordSchema, logger, damaged);
    if (!records.ok) return records;
    const rows = database.attempt(() =>
      database.statement('SELECT connection, rules FROM connection_rules').all(),
    );
    if (!rows.ok) return rows;
    const rules = new Map<ConnectionId, Rules>();
    for (const row of rows.value) {
      const connection = String(row['connection']) as ConnectionId;
      const known = parseJson(Rules, row['rules'], READ_ONCE);
      // Without any, everything would be allowed.
      if (known === null) logger.error('store.row-unreadable', { table: 'connection_rules', id: connection });
      rules.set(connection, known ?? []);
    }
    return ok(new SqliteConsumerStore(database, logger, records.value, rules));
  }

  private constructor(
    database: Database,
    logger: Logger,
    records: Map<ConsumerId, ConsumerRecord>,
    rules: Map<ConnectionId, Rules>,
  ) {
    this.#database = database;
    this.#logger = logger;
    this.#records = records;
    this.#rules = rules;
  }

  list(): ConsumerRecord[] {
    return [...this.#records.values()];
  }

  keys(): ConsumerKey[] {
    const rows = this.#database.attempt(() =>
      this.#database.statement('SELECT hash, consumer, expires_at FROM consumer_keys').all(),
    );
    if (!rows.ok) {
      this.#logger.error('store.keys-unreadable', { code: rows.error.code });
      return [];
    }
    return rows.value.map((row) => ({
      hash: String(row['hash']),
      consumer: String(row['consumer']) as ConsumerId,
      expiresAt: typeof row['expires_at'] === 'number' ? row['expires_at'] : null,
    }));
  }

  lastUses(): ReadonlyMap<ConsumerId, number> {
    const rows = this.#database.attempt(() =>
      this.#database.statement('SELECT id, last_used_at FROM consumers WHERE last_used_at IS NOT NULL').all(),
    );
    if (!rows.ok) return new Map();
    return new Map(rows.value.map((row) => [String(row['id']) as ConsumerId, Number(row['last_used_at'])]));
  }

  insert(record: ConsumerRecord, key: ConsumerKey): Result<void> {
    const kept = own(record);
    const saved = this.#database.transaction(() => {
      this.#database
        .statement('INSERT INTO consumers (id, record) VALUES (?, ?)')
        .run(kept.id, JSON.stringify(kept));
      this.#writeKey(key);
    });
    if (saved.ok) this.#records.set(kept.id, kept);
    return saved;
  }

  update(record: ConsumerRecord): Result<void> {
    if (!this.#records.has(record.id)) return notFound();
    const kept = own(record);
    const saved = this.#database.attempt(() => {
      this.#database
        .statement('UPDATE consumers SET record = ? WHERE id = ?')
        .run(JSON.stringify(kept), kept.id);
    });
    if (saved.ok) this.#records.set(kept.id, kept);
    return saved;
  }

  remove(id: ConsumerId): Result<void> {
    if (!this.#records.has(id)) return notFound();
    const removed = this.#database.attempt(() => {
      this.#database.statement('DELETE FROM consumers WHERE id = ?').run(id);
    });
    if (removed.ok) this.#records.delete(id);
    return removed;
  }

  addKey(key: ConsumerKey, now: number): Result<void> {
    if (!this.#records.has(key.consumer)) return notFound();
    return this.#database.transaction(() => {
      this.#database.statement('DELETE FROM consumer_keys WHERE expires_at <= ?').run(Math.trunc(now));
      this.#writeKey(key);
    });
  }

  removeKey(hash: string): Result<void> {
    return this.#database.attempt(() => {
      this.#database.statement('DELETE FROM consumer_keys WHERE hash = ?').run(hash);
    });
  }

  saveLastUses(uses: ReadonlyMap<ConsumerId, number>): void {
    const saved = this.#database.withoutSync(() =>
      this.#database.transaction(() => {
        for (const [id, at] of uses)
          this.#database
            .statement('UPDATE consumers SET last_used_at = ? WHERE id = ?')
            .run(Math.trunc(at), id);
      }),
    );
    const failed = !saved.ok ? saved : saved.value;
    if (!failed.ok) this.#logger.warn('store.last-uses-lost', { code: failed.error.code });
  }

  connectionRules(id: ConnectionId): Rules | null {
    return this.#rules.get(id) ?? null;
  }

  setConnectionRules(id: ConnectionId, rules: Rules | null): Result<void> {
    const kept = rules === null ? null : Rules.parse(rules);
    const saved = this.#database.attempt(() => {
      if (kept === null)
        this.#database.statement('DELETE FROM connection_rules WHERE connection = ?').run(id);
      else
        this.#database
          .statement('INSERT OR REPLACE INTO connection_rules VALUES (?, ?)')
          .run(id, JSON.stringify(kept));
    });
    if (!saved.ok) return saved;
    if (kept === null) this.#rules.delete(id);
    else this.#rules.set(id, kept);
    return ok(undefined);
  }

  ruledConnections(): ConnectionId[] {
    return [...this.#rules.keys()];
  }

  forgetConnection(id: ConnectionId): void {
    this.#rules.delete(id);
  }

  #writeKey({ hash, consumer, expiresAt }: ConsumerKey): void {
    this.#database
      .statement('INSERT INTO consumer_keys VALUES (?, ?, ?)')
      .run(hash, consumer, expiresAt === null ? null : Math.trunc(expiresAt));
  }
}

const own = (record: ConsumerRecord): ConsumerRecord => Object.freeze(ConsumerRecordSchema.parse(record));

const notFound = (): Result<never> => fail('not-found', 'This key of the gateway no longer exists.');
