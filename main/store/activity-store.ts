import { ActivityEntry } from '../../contract/activity.ts';
import { Emitter } from '../lib/emitter.ts';
import type { Logger } from '../lib/log.ts';
import { redact } from '../lib/redact.ts';
import { ok, type Result } from '../lib/result.ts';
import type { Database } from './database.ts';
import { parseJson } from './parse-json.ts';
import type { ActivityQuery, ActivityStore } from './ports.ts';

/** How many entries are kept. */
export const ACTIVITY_LIMIT = 10_000;

/** The newest entries of what happened. */
export class SqliteActivityStore implements ActivityStore {
  readonly #database: Database;
  readonly #logger: Logger;
  readonly #limit: number;
  #lastId: number;
  #unsaved: ActivityEntry[] = [];
  readonly #appended = new Emitter<ActivityEntry>();
  readonly onAppend = this.#appended.event;

  static load(
    database: Database,
    logger: Logger,
    limit: number = ACTIVITY_LIMIT,
  ): Result<SqliteActivityStore> {
    const last = database.attempt(() =>
      Number(database.statement('SELECT coalesce(max(id), 0) AS last FROM activity').get()?.['last']),
    );
    return last.ok ? ok(new SqliteActivityStore(database, logger, limit, last.value)) : last;
  }

  private constructor(database: Database, logger: Logger, limit: number, lastId: number) {
    this.#database = database;
    this.#logger = logger;
    this.#limit = limit;
    this.#lastId = lastId;
    database.beforeClose(() => {
      this.#save();
    });
  }

  append(entry: Omit<ActivityEntry, 'id'>): ActivityEntry {
    this.#lastId += 1;
    const kept: ActivityEntry = { ...entry, message: redact(entry.message), id: this.#lastId };
    // Entries of one turn of the event loop are saved together: a single one takes longer than to encrypt a token.
    if (this.#unsaved.push(kept) === 1)
      setImmediate(() => {
        this.#save();
      });
    this.#appended.emit(kept);
    return kept;
  }

  /** Not worth waiting for the disk: the next durable write, like a token set, includes it. */
  #save(): void {
    const entries = this.#unsaved;
    if (entries.length === 0) return;
    this.#unsaved = [];
    const saved = this.#database.withoutSync(() => {
      this.#database
        .statement(
          "INSERT INTO activity SELECT value ->> 'id', value ->> 'connection', value FROM json_each(?)",
        )
        .run(JSON.stringify(entries));
      this.#database.statement('DELETE FROM activity WHERE id <= ?').run(this.#lastId - this.#limit);
    });
    if (!saved.ok) this.#logger.warn('store.activity-lost', { code: saved.error.code });
  }

  list({
    limit,
    before = Number.MAX_SAFE_INTEGER,
    connection,
    levels,
    text = '',
  }: ActivityQuery): ActivityEntry[] {
    this.#save();
    const conditions = ['id < ?'];
    const values: (number | string)[] = [before];
    if (connection !== undefined) {
      conditions.push('connection = ?');
      values.push(connection);
    }
    if (levels !== undefined) {
      conditions.push(`entry ->> 'level' IN (${levels.map(() => '?').join(', ')})`);
      values.push(...levels);
    }
    if (text !== '') {
      // SQLite's lower() knows ASCII alone.
      conditions.push("instr(lower(entry ->> 'message'), lower(?)) > 0");
      values.push(text);
    }
    const rows = this.#database.attempt(() =>
      this.#database
        .statement(`SELECT entry FROM activity WHERE ${conditions.join(' AND ')} ORDER BY id DESC LIMIT ?`)
        .all(...values, limit),
    );
    if (!rows.ok) {
      this.#logger.warn('store.activity-unreadable', { code: rows.error.code });
      return [];
    }
    return rows.value.flatMap(({ entry }) => parseJson(ActivityEntry, entry) ?? []);
  }
}
