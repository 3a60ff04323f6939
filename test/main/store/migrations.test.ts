import { expect, it } from 'vitest';
import { Database } from '../../../main/store/database.ts';
import { migrate, storeVersion } from '../../../main/store/migrations.ts';
import { ok } from '../../../main/lib/result.ts';

const STEPS = ['CREATE TABLE one (a)', 'CREATE TABLE two (b)', 'INSERT INTO one VALUES (1)'];

it('takes each missing step once, from any version', () => {
  const database = new Database(':memory:');
  expect(migrate(database, STEPS.slice(0, 1))).toEqual(ok(undefined));
  expect(storeVersion(database, STEPS)).toEqual(ok(1));
  expect(migrate(database, STEPS)).toEqual(ok(undefined));
  expect(migrate(database, STEPS)).toEqual(ok(undefined));
  expect(storeVersion(database, STEPS)).toEqual(ok(3));
  expect(database.statement('SELECT count(*) AS n FROM one').get()).toEqual({ n: 1 });
});

it('takes all of the steps or none', () => {
  const database = new Database(':memory:');
  expect(() => migrate(database, [...STEPS, 'no SQL'])).toThrow();
  expect(storeVersion(database, STEPS)).toEqual(ok(0));
  expect(migrate(database, STEPS)).toEqual(ok(undefined));
});

it('refuses a store of a newer version and says what to do', () => {
  const database = new Database(':memory:');
  migrate(database, STEPS);
  expect(migrate(database, STEPS.slice(0, 1))).toMatchObject({
    error: {
      code: 'store-newer',
      message: expect.stringContaining('version 3') as string,
      hint: expect.stringContaining('latest version') as string,
    },
  });
});
