import { expect, it } from 'vitest';
import { upgradeRows, type RawTables } from '../../../../main/store/copy/table-rows.ts';
import { STEPS } from '../../../../main/store/migrations.ts';

const NEWER = [
  ...STEPS,
  `CREATE TABLE secrets (id TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT;
   ALTER TABLE exports ADD COLUMN place TEXT;
   UPDATE exports SET place = record ->> 'file';`,
];
const exports = [{ id: 'one', record: '{"id":"one","file":"/a/.env"}' }];

it('brings the rows of an older store to this version by the usual steps', () => {
  const upgraded = upgradeRows({ exports }, STEPS.length, NEWER);
  expect(upgraded).toMatchObject({
    value: { exports: [{ ...exports[0], place: '/a/.env' }], secrets: [] },
  });
});

it('takes the tables and columns of each version as they come', () => {
  const secrets = [{ id: 'x', value: Uint8Array.of(1, 2) }];
  const tables: RawTables = { exports: [{ ...exports[0]!, place: 'here' }], secrets };
  expect(upgradeRows(tables, NEWER.length, NEWER)).toMatchObject({ value: tables });
  expect(upgradeRows(tables, STEPS.length, NEWER)).toMatchObject({ error: { code: 'invalid-input' } });
});

it.each(['no such table', 'exports; DROP TABLE exports', 'meta', 'activity', 'sqlite_schema'])(
  'refuses the table “%s”',
  (table) => {
    expect(upgradeRows({ [table]: [{ key: 'a', value: 'b' }] }, STEPS.length)).toMatchObject({
      error: { code: 'invalid-input' },
    });
  },
);
