import { statSync, type Stats } from 'node:fs';

/** Null when the path leads to no file, or cannot be followed any more. */
function identify(file: string): Stats | null {
  try {
    return statSync(file, { throwIfNoEntry: false }) ?? null;
  } catch {
    return null;
  }
}

const isSame = (one: Stats | null, other: Stats | null): boolean =>
  one?.ino === other?.ino && one?.dev === other?.dev;

/**
 * Whether an open database is still the file at its path. A file that was removed or replaced still accepts every write,
 * but everything is lost when the process ends. A check costs a few microseconds.
 */
export class DatabaseFiles {
  readonly #file: string;
  readonly #logFile: string;
  readonly #database: Stats | null;
  #log: Stats | null;

  /** Once SQLite has opened `file`. */
  constructor(file: string) {
    this.#file = file;
    this.#logFile = `${file}-wal`;
    this.#database = identify(file);
    this.#log = identify(this.#logFile);
  }

  /** `log`: only the write-ahead log was removed; what is in it can still be saved. */
  get lost(): 'database' | 'log' | null {
    // In memory.
    if (this.#database === null) return null;
    if (!isSame(identify(this.#file), this.#database)) return 'database';
    const log = identify(this.#logFile);
    // Made with the first write.
    this.#log ??= log;
    return isSame(log, this.#log) ? null : 'log';
  }

  /** Call after SQLite has recreated the write-ahead log. */
  renewLog(): void {
    this.#log = identify(this.#logFile);
  }
}
