import type { ConnectionId, GrantId } from '../../contract/ids.ts';
import { Emitter } from '../lib/emitter.ts';
import type { Logger } from '../lib/log.ts';
import { READ_ONCE } from '../lib/read-once.ts';
import { ok, type Result } from '../lib/result.ts';
import type { Database } from './database.ts';
import { parseJson } from './parse-json.ts';
import type { GrantStore } from './ports.ts';
import { GrantRecordSchema } from './record-schemas.ts';
import type { GrantRecord } from './records.ts';

/** In memory, and written through. An answer that cannot be read is left where it is: the person is asked again. */
export class SqliteGrantStore implements GrantStore {
  readonly #database: Database;
  readonly #logger: Logger;
  readonly #records: Map<GrantId, GrantRecord>;
  readonly #asking: Set<ConnectionId>;
  readonly #asksChanged = new Emitter<ConnectionId>();
  readonly onAsksChange = this.#asksChanged.event;

  static load(database: Database, logger: Logger): Result<SqliteGrantStore> {
    return database.attempt(() => {
      const records = new Map<GrantId, GrantRecord>();
      const rows = database.statement('SELECT id, record FROM program_grants ORDER BY rowid');
      for (const { id, record: text } of rows.iterate()) {
        const record = parseJson(GrantRecordSchema, text, READ_ONCE);
        if (record !== null && record.id === id) records.set(record.id, record);
        else logger.error('store.row-unreadable', { table: 'program_grants', id: String(id) });
      }
      const asking = new Set<ConnectionId>();
      for (const { connection } of database.statement('SELECT connection FROM approvals').iterate())
        asking.add(String(connection) as ConnectionId);
      return new SqliteGrantStore(database, logger, records, asking);
    });
  }

  private constructor(
    database: Database,
    logger: Logger,
    records: Map<GrantId, GrantRecord>,
    asking: Set<ConnectionId>,
  ) {
    this.#database = database;
    this.#logger = logger;
    this.#records = records;
    this.#asking = asking;
  }

  asks(connection: ConnectionId): boolean {
    return this.#asking.has(connection);
  }

  setAsks(connection: ConnectionId, asks: boolean): Result<void> {
    if (asks === this.#asking.has(connection)) return ok(undefined);
    const saved = this.#database.attempt(() => {
      this.#database
        .statement(asks ? 'INSERT INTO approvals VALUES (?)' : 'DELETE FROM approvals WHERE connection = ?')
        .run(connection);
    });
    if (!saved.ok) return saved;
    if (asks) this.#asking.add(connection);
    else this.#asking.delete(connection);
    this.#asksChanged.emit(connection);
    return ok(undefined);
  }

  list(): GrantRecord[] {
    return [...this.#records.values()];
  }

  lastUses(): ReadonlyMap<GrantId, number> {
    const rows = this.#database.attempt(() =>
      this.#database
        .statement('SELECT id, last_used_at FROM program_grants WHERE last_used_at IS NOT NULL')
        .all(),
    );
    if (!rows.ok) return new Map();
    return new Map(rows.value.map((row) => [String(row['id']) as GrantId, Number(row['last_used_at'])]));
  }

  insert(record: GrantRecord): Result<void> {
    const kept = GrantRecordSchema.parse(record);
    const saved = this.#database.attempt(() => {
      this.#database
        .statement('INSERT INTO program_grants (id, connection, record) VALUES (?, ?, ?)')
        .run(kept.id, kept.connection, JSON.stringify(kept));
    });
    if (saved.ok) this.#records.set(kept.id, kept);
    return saved;
  }

  remove(ids: readonly GrantId[]): Result<void> {
    if (ids.length === 0) return ok(undefined);
    const removed = this.#database.transaction(() => {
      for (const id of ids) this.#database.statement('DELETE FROM program_grants WHERE id = ?').run(id);
    });
    if (removed.ok) for (const id of ids) this.#records.delete(id);
    return removed;
  }

  saveLastUses(uses: ReadonlyMap<GrantId, number>): void {
    const saved = this.#database.withoutSync(() =>
      this.#database.transaction(() => {
        for (const [id, at] of uses)
          this.#database
            .statement('UPDATE program_grants SET last_used_at = ? WHERE id = ?')
            .run(Math.trunc(at), id);
      }),
    );
    const failed = !saved.ok ? saved : saved.value;
    if (!failed.ok) this.#logger.warn('store.last-uses-lost', { code: failed.error.code });
  }

  forgetConnection(id: ConnectionId): void {
    this.#asking.delete(id);
    for (const record of this.list()) if (record.connection === id) this.#records.delete(record.id);
  }
}
