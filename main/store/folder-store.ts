import type { Result } from '../lib/result.ts';
import type { Database } from './database.ts';
import type { FolderStore } from './ports.ts';

/** Where people forget to unbind folders that they delete. */
const MOST_FOLDERS = 1000;

/** Folders that were bound. */
export class SqliteFolderStore implements FolderStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  list(): Result<string[]> {
    return this.#database.attempt(() =>
      this.#database
        .statement('SELECT path FROM folders ORDER BY path LIMIT ?')
        .all(MOST_FOLDERS)
        .map(({ path }) => String(path)),
    );
  }

  add(folder: string): Result<void> {
    return this.#database.attempt(() => {
      this.#database.statement('INSERT INTO folders VALUES (?) ON CONFLICT DO NOTHING').run(folder);
    });
  }

  remove(folder: string): Result<void> {
    return this.#database.attempt(() => {
      this.#database.statement('DELETE FROM folders WHERE path = ?').run(folder);
    });
  }
}
