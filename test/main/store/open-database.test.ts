import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { openDatabase } from '../../../main/store/open-database.ts';

it('makes every commit durable, and keeps the file to itself', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'tokentray-database-'));
  const file = path.join(folder, 'tokentray.db');
  try {
    const opened = openDatabase(file);
    if (!opened.ok) throw new Error(opened.error.message);
    const pragma = (name: string): unknown => opened.value.statement(`PRAGMA ${name}`).get()?.[name];
    expect(pragma('journal_mode')).toBe('wal');
    expect(pragma('synchronous')).toBe(2);
    expect(pragma('foreign_keys')).toBe(1);
    expect(pragma('trusted_schema')).toBe(0);
    expect(openDatabase(file)).toMatchObject({ ok: false, error: { code: 'io' } });
    opened.value.close();
    opened.value.close();
    expect(opened.value.attempt(() => 1)).toMatchObject({ ok: false, error: { code: 'cancelled' } });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
