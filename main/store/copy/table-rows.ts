import type { SQLInputValue, SQLOutputValue } from 'node:sqlite';
import { fail, ok, type Result } from '../../lib/result.ts';
import { Database } from '../database.ts';
import { migrate, STEPS } from '../migrations.ts';

export type RawRow = Record<string, SQLOutputValue>;

/** Every table that a copy has, with all of its rows; in the order in which they can be filled. */
export type RawTables = Record<string, RawRow[]>;

/** `meta` is about this very store; removed connections are as good as gone; keys, authorities and settings of git are for programs of this machine; the rest is history, and by far the largest. */
const NOT_COPIED = new Set([
  'meta',
  'activity',
  'consumers',
  'consumer_keys',
  'authorities',
  'traffic',
  'usage',
  'uses',
  'mcp_clients',
  'mcp_grants',
  'mcp_alternates',
  'git_installs',
  'removed_connections',
]);

/** By table, the column that says which connection a row belongs to. */
const OF_CONNECTION: Readonly<Record<string, string>> = {
  network: 'scope',
  connection_rules: 'connection',
  approvals: 'connection',
  program_grants: 'connection',
};

/** A change of the store's version comes by itself into a copy: tables and columns are read from the schema. */
export function copiedTables(database: Database): string[] {
  return database
    .statement(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY rowid",
    )
    .all()
    .map(({ name }) => String(name))
    .filter((name) => !NOT_COPIED.has(name));
}

export function primaryKey(database: Database, table: string): string[] {
  return database
    .statement('SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk')
    .all(table)
    .map(({ name }) => String(name));
}

/** Without what belongs to connections that were removed a moment ago. */
export const readTables = (database: Database): RawTables =>
  Object.fromEntries(
    copiedTables(database).map((table) => {
      const owner = OF_CONNECTION[table];
      const kept = owner === undefined ? '' : ` WHERE ${owner} NOT IN (SELECT id FROM removed_connections)`;
      return [table, database.statement(`SELECT * FROM ${table}${kept}`).all()];
    }),
  );

/** How a row goes in if there is one of its key already. */
export type OnConflict = 'ABORT' | 'REPLACE' | 'IGNORE';

/** True if the row is there now. Table and columns must be known ones of this database. */
export function insertRow(database: Database, table: string, row: RawRow, onConflict: OnConflict): boolean {
  const names = Object.keys(row);
  const places = names.map(() => '?').join(', ');
  const { changes } = database
    .statement(`INSERT OR ${onConflict} INTO ${table} (${names.join(', ')}) VALUES (${places})`)
    .run(...(Object.values(row) as SQLInputValue[]));
  return Number(changes) > 0;
}

const unusable = (): Result<never> =>
  fail('invalid-input', 'What is in this backup does not fit together, so nothing was restored.');

/**
 * The rows of a store of `version` as a store of this version has them: a store of that version is made in memory and
 * brought up to date. Also checks everything that the database itself checks. Fails with `invalid-input`.
 */
export function upgradeRows(
  tables: RawTables,
  version: number,
  steps: readonly string[] = STEPS,
): Result<RawTables> {
  const database = new Database(':memory:');
  try {
    const made = migrate(database, steps.slice(0, version));
    if (!made.ok) return made;
    if (!fits(database, tables)) return unusable();
    const filled = database.transaction(() => {
      database.exec('PRAGMA defer_foreign_keys = ON');
      for (const [table, rows] of Object.entries(tables))
        for (const row of rows) insertRow(database, table, row, 'ABORT');
    });
    if (!filled.ok) return filled;
    const current = migrate(database, steps);
    if (!current.ok) return current;
    return ok(readTables(database));
  } catch (fault) {
    // A constraint of the database's.
    if (fault instanceof Error && 'errcode' in fault) return unusable();
    throw fault;
  } finally {
    database.close();
  }
}

/** Names go into SQL, so only those of the schema may. */
function fits(database: Database, tables: RawTables): boolean {
  const known = copiedTables(database);
  return Object.entries(tables).every(([table, rows]) => {
    if (!known.includes(table)) return false;
    const columns = new Set(
      database
        .statement('SELECT name FROM pragma_table_info(?)')
        .all(table)
        .map(({ name }) => String(name)),
    );
    return rows.every((row) => Object.keys(row).every((name) => columns.has(name)));
  });
}
