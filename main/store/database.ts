import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { Failure } from '../../contract/errors.ts';
import { Emitter, type Event } from '../lib/emitter.ts';
import { fail, failure, ok, type Result } from '../lib/result.ts';
import { DatabaseFiles } from './database-files.ts';
import { sqliteFailure } from './sqlite-failure.ts';

/** What changes nothing; a transaction begins with a word of its own. */
const WRITES = /^(?!\s*(SELECT|PRAGMA)\b)/i;

/** Carries a failure out of a transaction, which is then rolled back. */
class Abandoned extends Error {
  readonly failure: Failure;

  constructor(failed: Failure) {
    super(failed.message);
    this.failure = failed;
  }
}

/** In `transaction`: the value, or everything is rolled back and the transaction fails in the same way. */
export function must<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Abandoned(result.error);
}

const lostFailure = (file: string): Failure =>
  fail(
    'io',
    `${file} was removed or replaced while Tokentray was running, so nothing is being saved.`,
    'Put the file back where it was. Or run “tokentray stop” and start Tokentray again: it then uses the file that is there, and you have to reconnect whatever is missing from it.',
  ).error;

/** One SQLite connection whose disk faults are values. Everything is synchronous: nothing runs in between. */
export class Database {
  readonly file: string;
  readonly #sqlite: DatabaseSync;
  readonly #files: DatabaseFiles;
  readonly #statements = new Map<string, { prepared: StatementSync; writes: boolean }>();
  readonly #faultChanges = new Emitter<void>();
  readonly #beforeClose: (() => void)[] = [];
  #fault: Failure | null = null;
  /** After every change of what `fault` gives. */
  readonly onFault: Event<void> = this.#faultChanges.event;

  /** Throws when SQLite cannot open `file`; see `sqliteFailure`. */
  constructor(file: string) {
    this.file = file;
    this.#sqlite = new DatabaseSync(file, { timeout: 1000, enableForeignKeyConstraints: true });
    this.#files = new DatabaseFiles(file);
  }

  /** Why writes would be lost; null when they are saved. Checks the files again. */
  get fault(): Failure | null {
    if (this.#sqlite.isOpen) this.#checkFiles();
    return this.#fault;
  }

  /** Prepared once, kept for the life of the connection. Throws, for `attempt`, where it would write what is not kept. */
  statement(sql: string): StatementSync {
    let known = this.#statements.get(sql);
    if (!known) {
      known = { prepared: this.#sqlite.prepare(sql), writes: WRITES.test(sql) };
      this.#statements.set(sql, known);
    }
    if (known.writes && !this.#sqlite.isTransaction) this.#assertNotReplaced();
    return known.prepared;
  }

  exec(sql: string): void {
    this.#sqlite.exec(sql);
  }

  /**
   * Runs `work` and turns disk faults into `io` or `store-corrupt`; so it does when the file that is written is not the
   * one at its path any more. After `close` it fails with `cancelled`, so that an answer from the network or the keychain
   * that comes too late is no crash.
   */
  attempt<T>(work: () => T): Result<T> {
    if (!this.#sqlite.isOpen) return fail('cancelled', 'Tokentray is shutting down; nothing was changed.');
    try {
      return ok(work());
    } catch (fault) {
      if (fault instanceof Abandoned) return failure(fault.failure);
      const failed = sqliteFailure(fault, this.file);
      if (failed === null) throw fault;
      return failed;
    }
  }

  /**
   * All of `work` or nothing of it; durable when it returns. The files are checked once, with `BEGIN`, as they are once
   * for a statement outside a transaction: `work` is synchronous and short, and a lost log can only be renewed before it.
   */
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
   * durable write includes it.
   */
  withoutSync<T>(work: () => T): Result<T> {
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

  /**
   * A transaction after which nothing of what it deleted is in the files, neither in free pages nor in the log. What was
   * deleted before may be. Slower than `transaction`.
   */
  shred<T>(work: () => T): Result<T> {
    const done = this.attempt(() => {
      this.exec('PRAGMA secure_delete = ON');
      try {
        return this.transaction(work);
      } finally {
        this.exec('PRAGMA secure_delete = FAST');
      }
    });
    if (!done.ok) return done;
    // If it cannot be emptied now, the log is with the next checkpoint.
    if (done.value.ok) this.attempt(() => this.statement('PRAGMA wal_checkpoint(TRUNCATE)').all());
    return done.value;
  }

  #assertNotReplaced(): void {
    this.#checkFiles();
    if (this.#fault !== null) throw new Abandoned(this.#fault);
  }

  #checkFiles(): void {
    let { lost } = this.#files;
    if (lost === 'log' && this.#renewLog()) lost = null;
    if ((lost === null) === (this.#fault === null)) return;
    this.#fault = lost === null ? null : lostFailure(this.file);
    // After the write that found it: listeners may write themselves.
    queueMicrotask(() => {
      this.#faultChanges.emit();
    });
  }

  /** Leaving the write-ahead log copies what is in it into the database. */
  #renewLog(): boolean {
    try {
      this.#sqlite.exec('PRAGMA journal_mode = DELETE; PRAGMA journal_mode = WAL');
    } catch {
      return false;
    }
    this.#files.renewLog();
    return this.#files.lost === null;
  }

  /** Has `work` write what it has kept back. */
  beforeClose(work: () => void): void {
    this.#beforeClose.push(work);
  }

  close(): void {
    if (!this.#sqlite.isOpen) return;
    for (const work of this.#beforeClose) work();
    this.#sqlite.close();
  }
}
