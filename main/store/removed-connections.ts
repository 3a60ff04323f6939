import type { ConnectionId } from '../../contract/ids.ts';
import { READ_ONCE } from '../lib/read-once.ts';
import type { Result } from '../lib/result.ts';
import type { Database } from './database.ts';
import { parseJson } from './parse-json.ts';
import { ConnectionRecordSchema, RefreshAttemptSchema } from './record-schemas.ts';
import type { ConnectionRecord, RefreshAttempt } from './records.ts';

/** How long a removed connection is kept, so that its removal can be undone. */
export const KEEP_REMOVED_MS = 30_000;

/** A connection that was removed a moment ago. Nothing uses it; it only waits to be put back or to be deleted. */
export interface RemovedConnection {
  readonly record: ConnectionRecord;
  /** Epoch ms. */
  readonly removedAt: number;
  /** It was the active one of its provider, and this one took its place; null: there was no other. */
  readonly wasActive: boolean;
  readonly successor: ConnectionId | null;
}

/** The table of removed connections. `write…` belongs in a transaction, `remember` and `forget` after it. */
export class RemovedConnections {
  readonly #database: Database;
  readonly #rows: Map<ConnectionId, RemovedConnection>;

  /**
   * Deletes what nobody can put back any more: what is too old by the wall clock at `now` (or from its future, since the
   * clock was set back), cannot be read, or is there again.
   */
  static load(database: Database, now: number): Result<RemovedConnections> {
    return database.attempt(() => {
      const rows = new Map<ConnectionId, RemovedConnection>();
      const over: string[] = [];
      const sql =
        'SELECT *, EXISTS (SELECT 1 FROM connections c WHERE c.id = r.id) AS back FROM removed_connections r ORDER BY removed_at';
      for (const row of database.statement(sql).all()) {
        const record = parseJson(ConnectionRecordSchema, row['record'], READ_ONCE);
        const removedAt = Number(row['removed_at']);
        const age = now - removedAt;
        if (
          record === null ||
          record.id !== row['id'] ||
          row['back'] === 1 ||
          age < 0 ||
          age >= KEEP_REMOVED_MS
        )
          over.push(String(row['id']));
        else
          rows.set(record.id, {
            record: Object.freeze(record),
            removedAt,
            wasActive: row['was_active'] === 1,
            successor: row['successor'] as ConnectionId | null,
          });
      }
      const removed = new RemovedConnections(database, rows);
      // What cannot be deleted now is not in memory, so nothing can be done with it; the next start tries again.
      if (over.length > 0)
        database.shred(() => {
          for (const id of over) removed.writeGone(id as ConnectionId);
        });
      return removed;
    });
  }

  private constructor(database: Database, rows: Map<ConnectionId, RemovedConnection>) {
    this.#database = database;
    this.#rows = rows;
  }

  /** Oldest first. */
  list(): RemovedConnection[] {
    return [...this.#rows.values()];
  }

  get(id: ConnectionId): RemovedConnection | null {
    return this.#rows.get(id) ?? null;
  }

  /** Moves the row here, with its tokens as they are. */
  writeAside({ record, wasActive, successor, removedAt }: RemovedConnection): void {
    this.#database
      .statement(
        'INSERT INTO removed_connections SELECT id, rowid, generation, record, attempt, tokens, ?, ?, ? FROM connections WHERE id = ?',
      )
      .run(wasActive ? 1 : 0, successor, Math.trunc(removedAt), record.id);
    this.#database.statement('DELETE FROM connections WHERE id = ?').run(record.id);
  }

  /** Moves the row back to its place in the list; if another has that by now, to the end. */
  writeBack(record: ConnectionRecord, nameKey: string): void {
    const place =
      'SELECT iif(EXISTS (SELECT 1 FROM connections c WHERE c.rowid = r.place), NULL, r.place) FROM removed_connections r WHERE r.id = ?1';
    this.#database
      .statement(
        `INSERT INTO connections (rowid, id, name_key, generation, record, attempt, tokens)
         SELECT (${place}), id, ?2, generation, ?3, attempt, tokens FROM removed_connections WHERE id = ?1`,
      )
      .run(record.id, nameKey, JSON.stringify(record));
    this.writeGone(record.id);
  }

  /** A refresh that was under way when the connection was removed has ended. */
  writeRefreshed(record: ConnectionRecord, tokens: Uint8Array): void {
    this.#database
      .statement('UPDATE removed_connections SET record = ?, attempt = NULL, tokens = ? WHERE id = ?')
      .run(JSON.stringify(record), tokens, record.id);
  }

  writeGone(id: ConnectionId): void {
    this.#database.statement('DELETE FROM removed_connections WHERE id = ?').run(id);
  }

  /** The refresh that the row says is under way. Throws SQLite's faults. */
  attempt(id: ConnectionId): RefreshAttempt | null {
    const row = this.#database.statement('SELECT attempt FROM removed_connections WHERE id = ?').get(id);
    return row?.['attempt'] === null || row === undefined
      ? null
      : parseJson(RefreshAttemptSchema, row['attempt']);
  }

  remember(removed: RemovedConnection): void {
    this.#rows.set(removed.record.id, removed);
  }

  forget(id: ConnectionId): void {
    this.#rows.delete(id);
  }
}
