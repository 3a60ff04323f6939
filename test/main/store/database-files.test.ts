import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { DatabaseFiles } from '../../../main/store/database-files.ts';

let folder: string;

beforeEach(() => {
  folder = path.join(mkdtempSync(path.join(tmpdir(), 'tokentray-files-')), 'home');
});
afterEach(() => {
  rmSync(path.dirname(folder), { recursive: true, force: true });
});

it('counts a database as lost while its path cannot be followed, and never throws', () => {
  mkdirSync(folder);
  const file = path.join(folder, 'tokentray.db');
  writeFileSync(file, '');
  const files = new DatabaseFiles(file);
  expect(files.lost).toBeNull();
  renameSync(folder, `${folder}-elsewhere`);
  expect(files.lost).toBe('database');
  // A link to itself: the system says ELOOP, not ENOENT.
  symlinkSync(folder, folder);
  expect(files.lost).toBe('database');
  rmSync(folder);
  renameSync(`${folder}-elsewhere`, folder);
  expect(files.lost).toBeNull();
});
