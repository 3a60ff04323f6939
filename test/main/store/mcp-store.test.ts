import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { ConnectionId, ConsumerId } from '../../../contract/ids.ts';
import type { McpGrant } from '../../../main/store/mcp-records.ts';
import { silentLogger } from '../../../main/lib/log.ts';
import { SqliteMcpStore } from '../../../main/store/mcp-store.ts';
import { migrate } from '../../../main/store/migrations.ts';
import { openDatabase } from '../../../main/store/open-database.ts';

const connection = ConnectionId.parse(randomUUID());
const grant: McpGrant = {
  id: 'g',
  consumer: ConsumerId.parse(randomUUID()),
  clientId: 'c',
  connection,
  server: 'rovo',
  scopes: ['mcp:read'],
  refresh: [{ hash: 'r', usedAt: null }],
  access: [{ hash: 'a', expiresAt: 5 }],
  createdAt: 1,
  usedAt: 2,
};

test('keeps registrations, sign-ins and second connections; a row that cannot be read is left out, and left', () => {
  const database = openDatabase(':memory:');
  if (!database.ok) throw new Error(database.error.message);
  migrate(database.value);
  const load = (): SqliteMcpStore => {
    const store = SqliteMcpStore.load(database.value, silentLogger);
    if (!store.ok) throw new Error(store.error.message);
    return store.value;
  };
  const registration = { id: 'c', name: null, redirectUris: ['http://127.0.0.1/'], createdAt: 1 };
  const alternate = { id: 'x', connection, server: 'rovo', alternate: ConnectionId.parse(randomUUID()) };
  const store = load();
  store.saveRegistration(registration);
  store.saveGrant({ ...grant, usedAt: 0 });
  store.saveGrant(grant);
  store.saveAlternate(alternate);
  database.value.exec(
    `INSERT INTO mcp_grants VALUES ('damaged', '{"id":"damaged"}'), ('other', '${JSON.stringify(grant)}')`,
  );
  const again = load();
  expect([again.registrations(), again.grants(), again.alternates()]).toEqual([
    [registration],
    [grant],
    [alternate],
  ]);
  again.removeRegistration('c');
  again.removeGrant('g');
  again.removeAlternate('x');
  const empty = load();
  expect([empty.registrations(), empty.grants(), empty.alternates()]).toEqual([[], [], []]);
  const left = database.value.statement('SELECT count(*) AS n FROM mcp_grants').get();
  expect(left?.['n']).toBe(2);
  database.value.close();
});
