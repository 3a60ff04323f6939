import type { DamagedRecord } from '../../contract/status.ts';
import { cleanText } from '../lib/clean-text.ts';
import { Emitter } from '../lib/emitter.ts';
import { fail, ok, type Result } from '../lib/result.ts';
import type { Database } from './database.ts';
import { foldName } from './fold-name.ts';
import type { DamagedRecords } from './ports.ts';

const KINDS = {
  connections: 'connection',
  clients: 'client',
  exports: 'export',
  consumers: 'consumer',
} as const;

export type RecordTable = keyof typeof KINDS;

const MAX_NAME_LENGTH = 100;

interface DamagedRow {
  view: DamagedRecord;
  table: RecordTable;
  rowid: number;
}

/** Rows whose record cannot be read. They stay, and their names stay reserved, until the user removes them. */
export class DamagedRows implements DamagedRecords {
  readonly #database: Database;
  readonly #rows: DamagedRow[] = [];
  readonly #changed = new Emitter<void>();
  readonly onChange = this.#changed.event;

  constructor(database: Database) {
    this.#database = database;
  }

  /** `id` and `record` as the columns have them; `name` if the table has a column for it. */
  add(table: RecordTable, row: { rowid: number; id: unknown; record: unknown; name?: unknown }): void {
    const id =
      typeof row.id === 'string' && row.id !== '' ? cleanText(row.id, MAX_NAME_LENGTH) : `row-${row.rowid}`;
    const known = nameIn(row.record) ?? row.name;
    const name = cleanText(typeof known === 'string' ? known : '', MAX_NAME_LENGTH) || id;
    this.#rows.push({ view: { kind: KINDS[table], id, name }, table, rowid: row.rowid });
  }

  list(): DamagedRecord[] {
    return this.#rows.map(({ view }) => view);
  }

  remove(kind: DamagedRecord['kind'], reference: string): Result<DamagedRecord> {
    const all = this.#rows.filter(({ view }) => view.kind === kind);
    const row =
      all.find(({ view }) => view.id === reference) ??
      all.find(({ view }) => foldName(view.name) === foldName(reference.trim()));
    if (row === undefined) return fail('not-found', 'There is no damaged record with this name.');
    const removed = this.#database.transaction(() => {
      if (row.table === 'connections')
        this.#database
          .statement(
            'DELETE FROM active_connections WHERE connection = (SELECT id FROM connections WHERE rowid = ?)',
          )
          .run(row.rowid);
      this.#database.statement(`DELETE FROM ${row.table} WHERE rowid = ?`).run(row.rowid);
    });
    if (!removed.ok) return removed;
    this.#rows.splice(this.#rows.indexOf(row), 1);
    this.#changed.emit();
    return ok(row.view);
  }
}

/** The name that the user knows, if the record is still valid JSON. */
function nameIn(record: unknown): unknown {
  try {
    const value: unknown = typeof record === 'string' ? JSON.parse(record) : null;
    if (typeof value !== 'object' || value === null) return null;
    if ('name' in value) return value.name;
    return 'file' in value ? value.file : null;
  } catch {
    return null;
  }
}
