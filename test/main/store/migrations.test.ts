import { expect, it } from 'vitest';
import { Database } from '../../../main/store/database.ts';
import { migrate, STEPS as STORE_STEPS, storeVersion } from '../../../main/store/migrations.ts';
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

it('leaves records that are none as they are, and upgrades those beside them', () => {
  const database = new Database(':memory:');
  const [first = ''] = STORE_STEPS;
  migrate(database, [first]);
  const insert = database.statement(
    "INSERT INTO connections (id, name_key, generation, record, tokens) VALUES (?, ?, 1, ?, x'00')",
  );
  const odd = ['', '{', 'null', '[]', '"text"', '7', '{"renewal":"none"}'];
  const old = '{"method":"oauth2","hasRefreshToken":true}';
  for (const [index, record] of [...odd, old].entries()) insert.run(String(index), String(index), record);
  expect(migrate(database)).toEqual(ok(undefined));
  const rows = [...database.statement('SELECT record FROM connections ORDER BY id').iterate()];
  expect(rows.map(({ record }) => record).slice(0, -1)).toEqual(odd);
  expect(JSON.parse(String(rows.at(-1)?.['record']))).toEqual({
    method: 'oauth2',
    renewal: 'refresh-token',
    grant: 'authorization-code',
    sent: { as: 'bearer' },
    route: 'default',
  });
});
