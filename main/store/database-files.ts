import { statSync } from 'node:fs';

/** Device and number of a file; null when the path leads to none, or cannot be followed any more. */
function identify(file: string): string | null {
  try {
    const { dev, ino } = statSync(file);
    return `${dev}:${ino}`;
  } catch {
    return null;
  }
}

/**
 * Whether an open database is still what its path leads to. A file that was removed or replaced goes on to take every
 * write, and all of it ends with the process. Costs a few microseconds a look.
 */
export class DatabaseFiles {
  readonly #file: string;
  readonly #database: string | null;
  #log: string | null;

  /** Once SQLite has opened `file`. */
  constructor(file: string) {
    this.#file = file;
    this.#database = identify(file);
    this.#log = identify(this.#logFile);
  }

  /** `log`: only the write-ahead log was removed; what is in it can still be saved. */
  get lost(): 'database' | 'log' | null {
    // In memory.
    if (this.#database === null) return null;
    if (identify(this.#file) !== this.#database) return 'database';
    const log = identify(this.#logFile);
    // Made with the first write.
    this.#log ??= log;
    return log === this.#log ? null : 'log';
  }

  /** After SQLite has made the write-ahead log anew. */
  renewLog(): void {
    this.#log = identify(this.#logFile);
  }

  get #logFile(): string {
    return `${this.#file}-wal`;
  }
}
