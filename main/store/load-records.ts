import type { z } from 'zod';
import type { Logger } from '../lib/log.ts';
import type { Result } from '../lib/result.ts';
import type { Database } from './database.ts';
import { parseJson, READ_ONCE } from './parse-json.ts';

/**
 * The records of a table with the columns `id` and `record`, in the order they came. A row that cannot be read
 * is reported and left where it is.
 */
export function loadRecords<T extends { id: string }>(
  database: Database,
  table: string,
  schema: z.ZodType<T>,
  logger: Logger,
): Result<Map<T['id'], T>> {
  return database.attempt(() => {
    const records = new Map<T['id'], T>();
    for (const row of database.statement(`SELECT id, record FROM ${table} ORDER BY rowid`).iterate()) {
      const record = parseJson(schema, row['record'], READ_ONCE);
      if (record !== null && record.id === row['id']) records.set(record.id, Object.freeze(record));
      else logger.error('store.row-unreadable', { table, id: String(row['id']) });
    }
    return records;
  });
}
