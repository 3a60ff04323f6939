import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { fail, ok, type Result } from '../lib/result.ts';
import { sqliteFailure } from './sqlite-failure.ts';

/** One SQLite connection whose disk faults are values. Everything is synchronous: nothing runs in between. */
export class Database {
  readonly file: string;
  readonly #sqlite: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  /** Throws when SQLite cannot open `file`; see `sqliteFailure`. */
  constructor(file: string) {
    this.file = file;
    this.#sqlite = new DatabaseSync(file, { timeout: 1000, enableForeignKeyConstraints: true });
  }

  /** Prepared once, kept for the life of the connection. */
  statement(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known) return known;
    const prepared = this.#sqlite.prepare(sql);
    this.#statements.set(sql, prepared);
    return prepared;
  }

  exec(sql: string): void {
    this.#sqlite.exec(sql);
  }

  /**
   * Runs `work` and turns disk faults into `io` or `store-corrupt`. After `close` it fails with `cancelled`, so
   * that an answer from the network or the keychain that comes too late is no crash.
   */
  attempt<T>(work: () => T): Result<T> {
    if (!this.#sqlite.isOpen) return fail('cancelled', 'Tokentray is ending; nothing was changed.');
    try {
      return ok(work());
    } catch (fault) {
      const failed = sqliteFailure(fault, this.file);
      if (failed === null) throw fault;
      return failed;
    }
  }

  /** All of `work` or nothing of it; durable when it returns. */
  transaction<T>(work: () => T): Result<T> {
    return this.attempt(() => {
      this.statement('BEGIN IMMEDIATE').run();
      try {
        const value = work();
        this.statement('COMMIT').run();
        return value;
      } catch (fault) {
        // Some faults, such as a full disk, have rolled back already.
        if (this.#sqlite.isTransaction) this.statement('ROLLBACK').run();
        throw fault;
      }
    });
  }

  /**
   * Runs `work` without waiting for the disk: a power cut may lose it, an ended process does not. The next
   * durable write takes it along.
   */
  unhurried<T>(work: () => T): Result<T> {
    return this.attempt(() => {
      // Takes effect when it is compiled, so it cannot be prepared once.
      this.exec('PRAGMA synchronous = NORMAL');
      try {
        return work();
      } finally {
        this.exec('PRAGMA synchronous = FULL');
      }
    });
  }

  close(): void {
    if (this.#sqlite.isOpen) this.#sqlite.close();
  }
}
