import { z } from 'zod';
import { ConnectionId } from '../../contract/ids.ts';
import { READ_ONCE } from '../lib/read-once.ts';
import { ok, type Result } from '../lib/result.ts';
import type { Database } from './database.ts';
import { parseJson } from './parse-json.ts';
import type { GitInstall, GitInstallStore } from './ports.ts';

const Rest = z.lazy(() =>
  z.object({
    scope: z.enum(['global', 'local']),
    connection: ConnectionId.nullable(),
    helper: z.string(),
    inserted: z.string(),
    created: z.boolean(),
  }),
);

/** Read when it is asked for, which is seldom. */
export class SqliteGitInstallStore implements GitInstallStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  list(): Result<GitInstall[]> {
    const rows = this.#database.attempt(() =>
      this.#database.statement('SELECT file, url, record FROM git_installs ORDER BY rowid').all(),
    );
    if (!rows.ok) return rows;
    return ok(
      rows.value.flatMap(({ file, url, record }) => {
        // One that cannot be read says nothing about what is in the file, which then is looked at itself.
        const rest = parseJson(Rest, record, READ_ONCE);
        return rest === null ? [] : [{ file: String(file), url: String(url), ...rest }];
      }),
    );
  }

  save({ file, url, ...rest }: GitInstall): Result<void> {
    const saved = this.#database.attempt(() =>
      this.#database
        .statement('INSERT OR REPLACE INTO git_installs VALUES (?, ?, ?)')
        .run(file, url, JSON.stringify(rest)),
    );
    return saved.ok ? ok(undefined) : saved;
  }

  remove(file: string, url: string): Result<void> {
    const removed = this.#database.attempt(() =>
      this.#database.statement('DELETE FROM git_installs WHERE file = ? AND url = ?').run(file, url),
    );
    return removed.ok ? ok(undefined) : removed;
  }
}
