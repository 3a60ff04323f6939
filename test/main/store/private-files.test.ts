import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { preparePrivateFolder } from '../../../main/store/private-files.ts';

const NOBODY = 65_534;
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tokentray-private-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

// Only root can make what belongs to somebody else.
it.runIf(process.getuid?.() === 0)('looks again at the way to the folder once that is made', () => {
  chmodSync(folder, 0o755);
  const theirs = path.join(folder, 'theirs');
  const home = path.join(folder, 'way', 'home');
  const prepared = preparePrivateFolder(home, () => {
    // Somebody was faster with the folder in between.
    mkdirSync(path.join(theirs, 'home'), { recursive: true });
    chownSync(theirs, NOBODY, NOBODY);
    symlinkSync(theirs, path.join(folder, 'way'));
  });
  expect(prepared).toMatchObject({ ok: false, error: { code: 'refused' } });
});
