import type { ExportId } from '../../contract/ids.ts';
import type { Logger } from '../lib/log.ts';
import { fail, ok, type Result } from '../lib/result.ts';
import type { DamagedRows } from './damaged-rows.ts';
import type { Database } from './database.ts';
import { loadRecords } from './load-records.ts';
import type { ExportStore } from './ports.ts';
import { ExportRecordSchema } from './record-schemas.ts';
import type { ExportRecord } from './records.ts';

/** Exports: which files follow which connection, and how their last writing went. */
export class SqliteExportStore implements ExportStore {
  readonly #database: Database;
  readonly #records: Map<ExportId, ExportRecord>;

  static load(database: Database, logger: Logger, damaged: DamagedRows): Result<SqliteExportStore> {
    const records = loadRecords(database, 'exports', ExportRecordSchema, logger, damaged);
    return records.ok ? ok(new SqliteExportStore(database, records.value)) : records;
  }

  private constructor(database: Database, records: Map<ExportId, ExportRecord>) {
    this.#database = database;
    this.#records = records;
  }

  list(): ExportRecord[] {
    return [...this.#records.values()];
  }

  get(id: ExportId): ExportRecord | null {
    return this.#records.get(id) ?? null;
  }

  save(record: ExportRecord): Result<void> {
    const kept = Object.freeze(ExportRecordSchema.parse(record));
    const saved = this.#database.attempt(() =>
      this.#database
        .statement('INSERT INTO exports VALUES (?, ?) ON CONFLICT DO UPDATE SET record = excluded.record')
        .run(kept.id, JSON.stringify(kept)),
    );
    if (!saved.ok) return saved;
    this.#records.set(kept.id, kept);
    return ok(undefined);
  }

  remove(id: ExportId): Result<void> {
    if (!this.#records.has(id)) return fail('not-found', 'This export no longer exists.');
    const removed = this.#database.attempt(() =>
      this.#database.statement('DELETE FROM exports WHERE id = ?').run(id),
    );
    if (!removed.ok) return removed;
    this.#records.delete(id);
    return ok(undefined);
  }
}
