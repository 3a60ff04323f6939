import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ROOT } from '../e2e/support/app.ts';
import { outcomeOf } from '../tools/matrix/outcome.ts';
import { ROWS } from '../tools/matrix/rows.ts';
import { startMatrixWorld, type MatrixWorld } from '../tools/matrix/world.ts';

let world: MatrixWorld;
beforeAll(async () => {
  world = await startMatrixWorld();
});
afterAll(() => world.stop());

it.each(ROWS.filter(({ needed }) => needed === 'tests').map((row) => [row.tool, row.fedBy, row] as const))(
  '%s: %s',
  async (_tool, _fedBy, row) => {
    expect((await outcomeOf(row, world)).result).toBe('passes');
  },
);

it('the guide names the programs that are tried, and no others', () => {
  const guide = readFileSync(path.join(ROOT, 'docs/guide.md'), 'utf8');
  const [, names = ''] =
    /Works with, as tests show by running each program: ([^.]+(?:\.js[^.]+)?)\. /.exec(guide) ?? [];
  const tried = new Set(ROWS.map(({ tool }) => tool));
  expect(names.split(/,\s+/).sort()).toEqual([...tried].sort());
});
