import { expect, it } from 'vitest';
import { ok } from '../../../main/lib/result.ts';
import { Database } from '../../../main/store/database.ts';
import { keyRecord } from '../../../main/store/key-record.ts';
import { migrate } from '../../../main/store/migrations.ts';

it.each([
  ['the secret of a client that the person added', 'user', new Uint8Array(1), true],
  ['a public client that the person added', 'user', null, false],
  // Such a client cannot be removed: its secret would keep a store without its key closed for good.
  ['the secret of a client that came with a definition', 'provider', new Uint8Array(1), false],
] as const)('tells whether %s needs the key', (_, origin, secret, needsKey) => {
  const database = new Database(':memory:');
  migrate(database);
  database
    .statement('INSERT INTO clients VALUES (?, ?, ?)')
    .run('client-1', JSON.stringify({ origin }), secret);
  expect(keyRecord(database, () => new Uint8Array(8)).hasSecrets()).toEqual(ok(needsKey));
  database.close();
});
