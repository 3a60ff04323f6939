import { DatabaseSync } from 'node:sqlite';
import { SECRET_COLUMNS } from '../../main/store/secret-columns.ts';

/** The columns that rotations and backups know, as `table.column`. */
export const MIGRATED_SECRETS = SECRET_COLUMNS.map(({ table, column }) => `${table}.${column}`).toSorted();

/** Every column of bytes in the schema of a store: nothing but what is sealed is kept as bytes. */
export function secretColumnsOf(file: string): string[] {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    return database
      .prepare(
        "SELECT t.name || '.' || c.name AS name FROM sqlite_schema t, pragma_table_info(t.name) c WHERE t.type = 'table' AND c.type = 'BLOB'",
      )
      .all()
      .map(({ name }) => String(name))
      .toSorted();
  } finally {
    database.close();
  }
}
