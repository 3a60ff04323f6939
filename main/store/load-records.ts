import type { z } from 'zod';
import type { Logger } from '../lib/log.ts';
import { READ_ONCE } from '../lib/read-once.ts';
import type { Result } from '../lib/result.ts';
import type { DamagedRows, RecordTable } from './damaged-rows.ts';
import type { Database } from './database.ts';
import { parseJson } from './parse-json.ts';

/**
 * The records of a table with the columns `id` and `record`, in the order they came. A row that cannot be read
 * goes to `damaged` and is left where it is.
 */
export function loadRecords<T extends { id: string }>(
  database: Database,
  table: RecordTable,
  schema: z.ZodType<T>,
  logger: Logger,
  damaged: DamagedRows,
): Result<Map<T['id'], T>> {
  return database.attempt(() => {
    const records = new Map<T['id'], T>();
    const name = table === 'connections' ? 'name_key' : 'NULL';
    const rows = `SELECT rowid, id, record, ${name} AS name FROM ${table} ORDER BY rowid`;
    for (const row of database.statement(rows).iterate()) {
      const { id, record: text } = row;
      const record = parseJson(schema, text, READ_ONCE);
      if (record !== null && record.id === id) records.set(record.id, Object.freeze(record));
      else {
        logger.error('store.row-unreadable', { table, id: String(id) });
        // A record with another row's id says nothing about this row.
        const own = record === null ? text : null;
        damaged.add(table, { rowid: Number(row['rowid']), id, record: own, name: row['name'] });
      }
    }
    return records;
  });
}
