import { fail, ok, type Result } from '../../lib/result.ts';
import type { Database } from '../database.ts';
import { storeVersion } from '../migrations.ts';
import { mergeRows, type MergeOutcome } from './merge-rows.ts';
import { upgradeRows, type RawRow, type RawTables } from './table-rows.ts';

const KEY = 'pending-restore';

/** Bytes as base64 under a name of their own, since the rest of a row is plain JSON. */
type Packed = Record<string, string | number | null | { base64: string }>;

/** Keeps the rows, secrets encrypted, for `takePendingRestore`. Durable when it returns. */
export function stagePendingRestore(
  database: Database,
  { version, tables }: { version: number; tables: RawTables },
): Result<void> {
  const packed = Object.fromEntries(
    Object.entries(tables).map(([table, rows]) => [table, rows.map(packRow)]),
  );
  return database.transaction(() => {
    database
      .statement('INSERT INTO meta VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value')
      .run(KEY, JSON.stringify({ version, tables: packed }));
  });
}

/**
 * Takes a staged restore over, in one transaction, before anything of the store is read. Null when there is none. If it
 * cannot be taken over, it is dropped and the store is left as it was.
 */
export function takePendingRestore(database: Database): Result<MergeOutcome | null> {
  const version = storeVersion(database);
  if (!version.ok) return version;
  const pending = database.attempt(
    () => database.statement('SELECT value FROM meta WHERE key = ?').get(KEY)?.['value'],
  );
  if (!pending.ok) return pending;
  if (typeof pending.value !== 'string') return ok(null);
  const { version: stagedVersion, tables } = JSON.parse(pending.value) as {
    version: number;
    tables: Record<string, Packed[]>;
  };
  const raw = Object.fromEntries(Object.entries(tables).map(([table, rows]) => [table, rows.map(unpackRow)]));
  const drop = (): void => {
    database.statement('DELETE FROM meta WHERE key = ?').run(KEY);
  };
  // The app may have been updated in between.
  const current = upgradeRows(raw, stagedVersion);
  if (!current.ok) {
    const dropped = database.attempt(drop);
    return dropped.ok ? current : dropped;
  }
  try {
    return database.transaction(() => {
      const outcome = mergeRows(database, current.value);
      drop();
      return outcome;
    });
  } catch (fault) {
    const dropped = database.attempt(drop);
    if (!dropped.ok) return dropped;
    return fail(
      'internal',
      `The restore failed: ${fault instanceof Error ? fault.message : 'unknown fault'}`,
    );
  }
}

const packRow = (row: RawRow): Packed =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      value instanceof Uint8Array
        ? { base64: Buffer.from(value).toString('base64') }
        : typeof value === 'bigint'
          ? Number(value)
          : value,
    ]),
  );

const unpackRow = (row: Packed): RawRow =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      typeof value === 'object' && value !== null
        ? Uint8Array.from(Buffer.from(value.base64, 'base64'))
        : value,
    ]),
  );
