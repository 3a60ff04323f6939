import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { cliSession } from '../../fakes/cli-session.ts';

const session = cliSession();
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tokentray-backup-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

it('restore says that there is no such file before it asks for the passphrase', async () => {
  const file = path.join(folder, 'missing.age');
  for (const terminal of [true, false]) {
    if (terminal) session.cli.atTerminal();
    expect(await session.cli.run('restore', file)).toEqual({
      code: 5,
      out: '',
      err: `tokentray: There is no file ${file}.\n`,
    });
  }
});

it('backup says that the file is there already before it asks for a passphrase', async () => {
  const file = path.join(folder, 'there.age');
  writeFileSync(file, 'old');
  session.cli.atTerminal();
  const { code, err } = await session.cli.run('backup', file);
  expect(code).toBe(1);
  expect(err).toContain('already exists');
  expect(err).not.toContain('passphrase');
});
