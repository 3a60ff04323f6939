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
 * Whether an open database is still the file at its path. A file that was removed or replaced still accepts every write,
 * but everything is lost when the process ends. A check costs a few microseconds.
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

  /** Call after SQLite has recreated the write-ahead log. */
  renewLog(): void {
    this.#log = identify(this.#logFile);
  }

  get #logFile(): string {
    return `${this.#file}-wal`;
  }
}
