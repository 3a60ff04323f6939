import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { ignoreInGit } from '../../../../main/exports/check/cures.ts';
import { temporaryFolder } from '../../../fakes/temporary-folder.ts';

it('has git ignore a file once, whatever letters are in its name', async () => {
  const folder = temporaryFolder();
  for (const name of ['prod.env', 'clés.env', 'clés.env', 'prod.env'])
    expect(await ignoreInGit(path.join(folder, name))).toMatchObject({ ok: true });
  expect(readFileSync(path.join(folder, '.gitignore'), 'utf8')).toBe('/prod.env\n/clés.env\n');
});
