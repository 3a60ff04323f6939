import { fail, failure, ok, type Result } from '../../lib/result.ts';
import { must, type Database } from '../database.ts';
import { storeVersion } from '../migrations.ts';
import type { LockableVault, Vault } from '../ports.ts';
import { SECRET_COLUMNS } from '../secret-columns.ts';
import { isUnused, mergeRows, type MergeOutcome } from './merge-rows.ts';
import { stagePendingRestore } from './pending-restore.ts';
import { readTables, upgradeRows, type RawRow, type RawTables } from './table-rows.ts';

/** A value of a copy: a secret is its plain text. */
export type Cell = string | number | null | { secret: string } | { base64: string };

/** A store as a document: every table but the activity, decrypted. */
export interface StoreDocument {
  storeVersion: number;
  tables: Record<string, Record<string, Cell>[]>;
}

export interface RestorePlan extends MergeOutcome {
  /** Nothing that a person stored is in the store so far. */
  unused: boolean;
}

/** The whole store out, and in again. */
export interface StoreCopies {
  /** `unreadable`: how many rows had to be left out, because their secret cannot be decrypted. */
  read(): Result<{ document: StoreDocument; unreadable: number }>;
  /** What `stage` would do. Fails with `store-newer`, or `invalid-input` for a document that is none of ours. */
  plan(document: StoreDocument): Result<RestorePlan>;
  /** Keeps the document, with its secrets encrypted again, until the store is opened the next time and takes it over. */
  stage(document: StoreDocument): Result<void>;
}

export function createStoreCopies(database: Database, vault: LockableVault): StoreCopies {
  const prepare = (document: StoreDocument): Result<{ version: number; tables: RawTables }> => {
    const version = storeVersion(database);
    if (!version.ok) return version;
    if (document.storeVersion > version.value) {
      return fail(
        'store-newer',
        'This backup was made by a newer Tokentray.',
        'Install the latest version of Tokentray here and restore again.',
      );
    }
    const raw = sealTables(document.tables, vault);
    if (!raw.ok) return raw;
    const tables = upgradeRows(raw.value, document.storeVersion);
    return tables.ok ? ok({ version: version.value, tables: tables.value }) : tables;
  };
  return {
    read: () => {
      // What cannot be read only now does not count as unreadable.
      if (vault.failure !== null) return failure(vault.failure);
      const version = storeVersion(database);
      if (!version.ok) return version;
      return database.attempt(() => {
        let unreadable = 0;
        const tables: StoreDocument['tables'] = {};
        for (const [table, rows] of Object.entries(readTables(database))) {
          const opened = rows.map((row) => openRow(table, row, vault));
          tables[table] = opened.filter((row) => row !== null);
          unreadable += opened.length - tables[table].length;
        }
        return { document: { storeVersion: version.value, tables: withoutDangling(tables) }, unreadable };
      });
    },
    plan: (document) => {
      const prepared = prepare(document);
      if (!prepared.ok) return prepared;
      return tryOut(database, () => ({
        unused: isUnused(database),
        ...mergeRows(database, prepared.value.tables),
      }));
    },
    stage: (document) => {
      const prepared = prepare(document);
      return prepared.ok ? stagePendingRestore(database, prepared.value) : prepared;
    },
  };
}

/** Null when a secret in it cannot be decrypted. */
function openRow(table: string, row: RawRow, vault: Vault): Record<string, Cell> | null {
  const opened: Record<string, Cell> = {};
  for (const [name, value] of Object.entries(row)) {
    if (!(value instanceof Uint8Array)) {
      opened[name] = typeof value === 'bigint' ? Number(value) : value;
      continue;
    }
    const secret = SECRET_COLUMNS.find((known) => known.table === table && known.column === name);
    if (secret === undefined) {
      opened[name] = { base64: Buffer.from(value).toString('base64') };
      continue;
    }
    const plain = vault.decrypt(value, secret.context(row));
    if (!plain.ok) return null;
    opened[name] = { secret: plain.value };
  }
  return opened;
}

/** A connection that was left out cannot be the active one. */
function withoutDangling(tables: StoreDocument['tables']): StoreDocument['tables'] {
  const { connections = [], active_connections: active = [] } = tables;
  const ids = new Set(connections.map(({ id }) => id));
  return { ...tables, active_connections: active.filter(({ connection }) => ids.has(connection ?? null)) };
}

function sealTables(tables: StoreDocument['tables'], vault: Vault): Result<RawTables> {
  const sealed: RawTables = {};
  for (const [table, rows] of Object.entries(tables)) {
    sealed[table] = [];
    for (const row of rows) {
      const raw: RawRow = {};
      for (const [name, cell] of Object.entries(row)) {
        if (typeof cell !== 'object' || cell === null) raw[name] = cell;
        else if ('base64' in cell) raw[name] = Uint8Array.from(Buffer.from(cell.base64, 'base64'));
        else {
          const known = SECRET_COLUMNS.find((each) => each.table === table && each.column === name);
          if (known === undefined)
            return fail(
              'invalid-input',
              'What is in this backup does not fit together, so nothing was restored.',
            );
          const bytes = vault.encrypt(cell.secret, known.context(row));
          if (!bytes.ok) return bytes;
          raw[name] = Uint8Array.from(bytes.value);
        }
      }
      sealed[table].push(raw);
    }
  }
  return ok(sealed);
}

/** Runs `work` in a transaction that is rolled back. */
function tryOut<T>(database: Database, work: () => T): Result<T> {
  const done: { value: T | null } = { value: null };
  const rolledBack = database.transaction(() => {
    done.value = work();
    must(fail('cancelled', 'This was only to see.'));
  });
  if (done.value !== null) return ok(done.value);
  return rolledBack.ok ? fail('internal', 'The restore could not be tried.') : rolledBack;
}
