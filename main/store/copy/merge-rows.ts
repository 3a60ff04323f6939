import type { Database } from '../database.ts';
import { foldName } from '../fold-name.ts';
import { insertRow, type RawRow, type RawTables } from './table-rows.ts';

/** What a restore does with a connection of the backup. */
export interface RestoredConnection {
  id: string;
  /** As it is called afterwards. */
  name: string;
  provider: string;
  /**
   * `updated`: the backup's sign-in is the newer one. `kept`: the one that is here is at least as new, so it stays, since
   * its refresh token may be the only one that still works.
   */
  change: 'added' | 'updated' | 'kept';
}

export interface MergeOutcome {
  connections: RestoredConnection[];
  /** Rows of each other table that come from the backup. */
  added: Record<string, number>;
}

/** True while a person has stored nothing in it: then the backup's settings are taken too. */
export function isUnused(database: Database): boolean {
  const row = database
    .statement(
      "SELECT EXISTS (SELECT 1 FROM connections) OR EXISTS (SELECT 1 FROM exports) OR EXISTS (SELECT 1 FROM clients WHERE record ->> 'origin' = 'user') AS any",
    )
    .get();
  return row?.['any'] !== 1;
}

/**
 * Puts the rows of a backup into a store, in the caller's transaction. Nothing that is in the store is lost: rows that
 * it has stay, except a connection whose sign-in is older than the backup's.
 */
export function mergeRows(database: Database, tables: RawTables): MergeOutcome {
  database.exec('PRAGMA defer_foreign_keys = ON');
  const unused = isUnused(database);
  const { connections = [], ...others } = tables;
  const outcome: MergeOutcome = {
    connections: connections.map((row) => mergeConnection(database, row)),
    added: {},
  };
  for (const [table, rows] of Object.entries(others)) {
    const added = rows.filter(
      (row) =>
        !(table === 'exports' && isExported(database, row)) &&
        insertRow(database, table, table === 'hooks' ? pausedHook(row) : row, unused ? 'REPLACE' : 'IGNORE'),
    );
    outcome.added[table] = added.length;
  }
  return outcome;
}

interface Head {
  name: string;
  provider: string;
  obtainedAt: number;
}

/** What the record of a row says, as far as it can be read: a damaged row is copied as it is. */
function headOf(row: RawRow): Head {
  let record: unknown = null;
  try {
    record = JSON.parse(String(row['record']));
  } catch {
    // Handled like a record without fields.
  }
  const field = (name: string): unknown => (record as Record<string, unknown> | null)?.[name];
  const [name, provider, obtainedAt] = [field('name'), field('provider'), field('obtainedAt')];
  return {
    name: typeof name === 'string' ? name : String(row['name_key']),
    provider: typeof provider === 'string' ? provider : '',
    obtainedAt: typeof obtainedAt === 'number' ? obtainedAt : 0,
  };
}

function mergeConnection(database: Database, row: RawRow): RestoredConnection {
  const id = String(row['id']);
  const { name, provider, obtainedAt } = headOf(row);
  const here = database.statement('SELECT * FROM connections WHERE id = ?').get(id);
  if (here === undefined) {
    const free = freeName(database, name);
    insertRow(database, 'connections', withName(row, free), 'ABORT');
    return { id, name: free, provider, change: 'added' };
  }
  const known = headOf(here);
  if (known.obtainedAt >= obtainedAt) return { id, name: known.name, provider, change: 'kept' };
  const { id: _id, ...columns } = withName(row, known.name);
  const names = Object.keys(columns);
  database
    .statement(`UPDATE connections SET ${names.map((each) => `${each} = ?`).join(', ')} WHERE id = ?`)
    .run(...Object.values(columns), id);
  return { id, name: known.name, provider, change: 'updated' };
}

function withName(row: RawRow, name: string): RawRow {
  if (foldName(name) === row['name_key'] && headOf(row).name === name) return row;
  const record: unknown = JSON.parse(String(row['record']));
  return { ...row, name_key: foldName(name), record: JSON.stringify({ ...(record as object), name }) };
}

function freeName(database: Database, name: string): string {
  const taken = database.statement('SELECT 1 FROM connections WHERE name_key = ?');
  for (let count = 1; ; count += 1) {
    const candidate = count === 1 ? name : `${name} ${count}`;
    if (taken.get(foldName(candidate)) === undefined) return candidate;
  }
}

/** A backup may come from another machine, where other programs have these names: a person looks first. */
function pausedHook(row: RawRow): RawRow {
  try {
    const record: unknown = JSON.parse(String(row['record']));
    return { ...row, record: JSON.stringify({ ...(record as object), paused: 'restored' }) };
  } catch {
    // It cannot be read, so it does not run either.
    return row;
  }
}

/** One file is kept up to date by one export. */
function isExported(database: Database, row: RawRow): boolean {
  return (
    database
      .statement("SELECT 1 FROM exports WHERE record ->> 'file' = json_extract(?, '$.file') AND id <> ?")
      .get(row['record'] ?? null, row['id'] ?? null) !== undefined
  );
}
