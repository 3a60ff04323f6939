import type { ConnectionId } from '../../contract/ids.ts';
import { USE_KINDS } from '../../contract/vocabulary.ts';
import type { Logger } from '../lib/log.ts';
import type { Database } from './database.ts';
import type { UseRecord, UseStore } from './ports.ts';

/** Who used which connection. Rows go with their connection. */
export class SqliteUseStore implements UseStore {
  readonly #database: Database;
  readonly #logger: Logger;

  constructor(database: Database, logger: Logger) {
    this.#database = database;
    this.#logger = logger;
  }

  list(): UseRecord[] {
    const rows = this.#database.attempt(() => this.#database.statement('SELECT * FROM uses').all());
    if (!rows.ok) return [];
    return rows.value.flatMap((row) => {
      const kind = USE_KINDS.find((known) => known === row['kind']);
      if (kind === undefined) return [];
      return {
        connection: String(row['connection']) as ConnectionId,
        kind,
        name: String(row['name']),
        at: Number(row['at']),
        count: Number(row['count']),
        failures: Number(row['failures']),
      };
    });
  }

  save(records: readonly UseRecord[], dropped: readonly UseRecord[]): void {
    this.#try(() => {
      const gone = this.#database.statement(
        'DELETE FROM uses WHERE connection = ? AND kind = ? AND name = ?',
      );
      for (const { connection, kind, name } of dropped) gone.run(connection, kind, name);
      // Not of a connection that was removed meanwhile.
      const statement = this.#database.statement(
        `INSERT INTO uses SELECT ?1, ?2, ?3, ?4, ?5, ?6 WHERE EXISTS (SELECT 1 FROM connections WHERE id = ?1)
         ON CONFLICT DO UPDATE SET at = ?4, count = ?5, failures = ?6`,
      );
      for (const { connection, kind, name, at, count, failures } of records)
        statement.run(connection, kind, name, Math.trunc(at), count, failures);
    });
  }

  #try(write: () => void): void {
    const saved = this.#database.withoutSync(() => this.#database.transaction(write));
    const failed = saved.ok ? saved.value : saved;
    if (!failed.ok) this.#logger.warn('store.uses-lost', { code: failed.error.code });
  }
}
