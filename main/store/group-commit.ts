import type { Result } from '../lib/result.ts';
import type { Database } from './database.ts';

interface Write {
  apply(): void;
  settle(committed: Result<void>): void;
  reject(fault: unknown): void;
}

/** How long a write waits for others where the last ones came together; a turn is a few microseconds. */
const TURNS_WHERE_SHARED = 2;

/**
 * Writes of one turn of the event loop share one durable commit: waiting for the disk is most of what a small write
 * costs. See docs/decisions/0008-group-commit.md.
 */
export class GroupCommit {
  readonly #database: Database;
  #waiting: Write[] = [];
  /** Whether the last commit was: more writes are then on their way, such as the answers to requests sent together. */
  #isShared = false;

  constructor(database: Database) {
    this.#database = database;
  }

  /**
   * Resolves once what `apply` wrote is durable, or failed. `apply` runs when the commit has come and may be run again,
   * alone: all it does is read and execute one statement at most, none when it gives a failure. `committed` runs right
   * after the commit, before anything else does.
   */
  write<T>(apply: () => Result<T>, committed: (value: T) => void): Promise<Result<T>> {
    return new Promise((resolve, reject) => {
      let applied: Result<T>;
      this.#waiting.push({
        apply: () => {
          applied = apply();
        },
        settle: (saved) => {
          if (!saved.ok) {
            resolve(saved);
            return;
          }
          if (applied.ok) committed(applied.value);
          resolve(applied);
        },
        reject,
      });
      if (this.#waiting.length === 1) this.#commitAfter(this.#isShared ? TURNS_WHERE_SHARED : 1);
    });
  }

  /** Immediates run after everything that arrived in this turn was read. */
  #commitAfter(turns: number): void {
    setImmediate(() => {
      if (turns > 1) this.#commitAfter(turns - 1);
      else this.#commit();
    });
  }

  #commit(): void {
    const writes = this.#waiting.splice(0);
    this.#isShared = writes.length > 1;
    const together = writes.length > 1 ? this.#commitTogether(writes) : null;
    for (const write of writes) {
      try {
        // One statement is one transaction.
        const saved =
          together ??
          this.#database.attempt(() => {
            write.apply();
          });
        write.settle(saved);
      } catch (fault) {
        write.reject(fault);
      }
    }
  }

  /** Null when a statement of one of them failed and nothing was committed: each is then committed separately. */
  #commitTogether(writes: readonly Write[]): Result<void> | null {
    let applied = 0;
    try {
      const saved = this.#database.transaction(() => {
        for (const write of writes) {
          write.apply();
          applied += 1;
        }
      });
      return saved.ok || applied === writes.length ? saved : null;
    } catch {
      // A bug in one of them, which is thrown again at its own caller.
      return null;
    }
  }
}
