import { z } from 'zod';
import { ConnectionId, HookId } from '../../contract/ids.ts';
import { HOOK_EVENTS } from '../../contract/vocabulary.ts';
import type { Logger } from '../lib/log.ts';
import { READ_ONCE } from '../lib/read-once.ts';
import { fail, ok, type Result } from '../lib/result.ts';
import type { Database } from './database.ts';
import { parseJson } from './parse-json.ts';
import type { HookStore } from './ports.ts';
import type { HookRecord } from './records.ts';

const HookRecordSchema: z.ZodType<HookRecord> = z.lazy(() =>
  z.object({
    id: HookId,
    event: z.enum(HOOK_EVENTS),
    connection: ConnectionId.nullable(),
    program: z.string(),
    args: z.array(z.string()),
    withToken: z.boolean(),
    timeoutSeconds: z.number().int(),
    paused: z.enum(['person', 'restored']).nullable(),
    createdAt: z.number(),
    last: z
      .object({ at: z.number(), ok: z.boolean(), durationMs: z.number(), message: z.string() })
      .nullable(),
  }),
);

/** In memory, and written through. A row that cannot be read is left where it is, and does not run. */
export class SqliteHookStore implements HookStore {
  readonly #database: Database;
  readonly #records: Map<HookId, HookRecord>;

  static load(database: Database, logger: Logger): Result<SqliteHookStore> {
    return database.attempt(() => {
      const records = new Map<HookId, HookRecord>();
      for (const { id, record: text } of database.statement('SELECT id, record FROM hooks').iterate()) {
        const record = parseJson(HookRecordSchema, text, READ_ONCE);
        if (record !== null && record.id === id) records.set(record.id, Object.freeze(record));
        else logger.error('store.row-unreadable', { table: 'hooks', id: String(id) });
      }
      return new SqliteHookStore(database, records);
    });
  }

  private constructor(database: Database, records: Map<HookId, HookRecord>) {
    this.#database = database;
    this.#records = records;
  }

  list(): HookRecord[] {
    return [...this.#records.values()].sort((a, b) => a.createdAt - b.createdAt);
  }

  get(id: HookId): HookRecord | null {
    return this.#records.get(id) ?? null;
  }

  save(record: HookRecord): Result<void> {
    const kept = Object.freeze(HookRecordSchema.parse(record));
    const saved = this.#database.attempt(() =>
      this.#database
        .statement('INSERT INTO hooks VALUES (?, ?) ON CONFLICT DO UPDATE SET record = excluded.record')
        .run(kept.id, JSON.stringify(kept)),
    );
    if (!saved.ok) return saved;
    this.#records.set(kept.id, kept);
    return ok(undefined);
  }

  remove(id: HookId): Result<void> {
    if (!this.#records.has(id)) return fail('not-found', 'This hook no longer exists.');
    const removed = this.#database.attempt(() =>
      this.#database.statement('DELETE FROM hooks WHERE id = ?').run(id),
    );
    if (!removed.ok) return removed;
    this.#records.delete(id);
    return ok(undefined);
  }
}
