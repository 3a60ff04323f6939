import { TrafficEntry, type UsageEntry } from '../../contract/gateway.ts';
import type { ConsumerId } from '../../contract/ids.ts';
import { isoTime } from '../lib/clock.ts';
import type { Logger } from '../lib/log.ts';
import { ok, type Result } from '../lib/result.ts';
import type { Database } from './database.ts';
import { parseJson } from './parse-json.ts';
import type { TrafficQuery, TrafficStore, UsageCount } from './ports.ts';

/** How many entries are kept. */
export const TRAFFIC_LIMIT = 10_000;

/** How long counts are kept. */
export const USAGE_MS = 31 * 86_400_000;

/** What consumers asked: the newest entries, and counts by the hour. */
export class SqliteTrafficStore implements TrafficStore {
  readonly #database: Database;
  readonly #logger: Logger;
  readonly #limit: number;
  #lastId: number;

  static load(database: Database, logger: Logger, limit = TRAFFIC_LIMIT): Result<SqliteTrafficStore> {
    const last = database.attempt(() =>
      Number(database.statement('SELECT coalesce(max(id), 0) AS last FROM traffic').get()?.['last']),
    );
    return last.ok ? ok(new SqliteTrafficStore(database, logger, limit, last.value)) : last;
  }

  private constructor(database: Database, logger: Logger, limit: number, lastId: number) {
    this.#database = database;
    this.#logger = logger;
    this.#limit = limit;
    this.#lastId = lastId;
  }

  get lastId(): number {
    return this.#lastId;
  }

  write(entries: readonly TrafficEntry[], usage: readonly UsageCount[], now: number): void {
    const saved = this.#database.withoutSync(() =>
      this.#database.transaction(() => {
        const insert = this.#database.statement('INSERT INTO traffic VALUES (?, ?, ?, ?)');
        for (const entry of entries) {
          insert.run(entry.id, entry.consumer?.id ?? null, entry.connection, JSON.stringify(entry));
          this.#lastId = Math.max(this.#lastId, entry.id);
        }
        this.#database.statement('DELETE FROM traffic WHERE id <= ?').run(this.#lastId - this.#limit);
        for (const count of usage) this.#count(count);
        this.#database.statement('DELETE FROM usage WHERE hour < ?').run(Math.trunc(now - USAGE_MS));
      }),
    );
    const failed = !saved.ok ? saved : saved.value;
    if (!failed.ok) this.#logger.warn('store.traffic-lost', { code: failed.error.code });
  }

  list({ limit, before = Number.MAX_SAFE_INTEGER, consumer, connection }: TrafficQuery): TrafficEntry[] {
    const conditions = ['id < ?'];
    const values: (number | string)[] = [before];
    if (consumer !== undefined) {
      conditions.push('consumer = ?');
      values.push(consumer);
    }
    if (connection !== undefined) {
      conditions.push('connection = ?');
      values.push(connection);
    }
    const rows = this.#database.attempt(() =>
      this.#database
        .statement(`SELECT entry FROM traffic WHERE ${conditions.join(' AND ')} ORDER BY id DESC LIMIT ?`)
        .all(...values, limit),
    );
    if (!rows.ok) {
      this.#logger.warn('store.traffic-unreadable', { code: rows.error.code });
      return [];
    }
    return rows.value.flatMap(({ entry }) => parseJson(TrafficEntry, entry) ?? []);
  }

  usage({ consumer, since }: { consumer?: ConsumerId | undefined; since: number }): UsageEntry[] {
    const rows = this.#database.attempt(() =>
      this.#database
        .statement(
          'SELECT * FROM usage WHERE hour >= ? AND (? IS NULL OR consumer = ?) ORDER BY hour, consumer',
        )
        .all(Math.trunc(since), consumer ?? null, consumer ?? null),
    );
    if (!rows.ok) {
      this.#logger.warn('store.traffic-unreadable', { code: rows.error.code });
      return [];
    }
    return rows.value.map((row) => ({
      consumer: String(row['consumer']) as ConsumerId,
      name: String(row['name']),
      hour: isoTime(Number(row['hour'])),
      requests: Number(row['requests']),
      refused: Number(row['refused']),
      failed: Number(row['failed']),
      responseBytes: Number(row['response_bytes']),
    }));
  }

  #count({ consumer, name, hour, requests, refused, failed, responseBytes }: UsageCount): void {
    this.#database
      .statement(
        `INSERT INTO usage (consumer, hour, requests, refused, failed, response_bytes, name)
          VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
          name = excluded.name,
          requests = requests + excluded.requests, refused = refused + excluded.refused,
          failed = failed + excluded.failed, response_bytes = response_bytes + excluded.response_bytes`,
      )
      .run(consumer, Math.trunc(hour), requests, refused, failed, Math.trunc(responseBytes), name);
  }
}
