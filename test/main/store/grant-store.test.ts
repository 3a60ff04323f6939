import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { GrantId, type ConnectionId } from '../../../contract/ids.ts';
import { silentLogger } from '../../../main/lib/log.ts';
import { SqliteGrantStore } from '../../../main/store/grant-store.ts';
import { migrate } from '../../../main/store/migrations.ts';
import { openDatabase } from '../../../main/store/open-database.ts';
import type { GrantRecord } from '../../../main/store/records.ts';
import { StoreInFolder, value } from '../../fakes/store-in-folder.ts';
import { sampleConnection, sampleTokens } from '../../fakes/sample-connection.ts';

const aGrant = (connection: ConnectionId, change: Partial<GrantRecord> = {}): GrantRecord => ({
  id: GrantId.parse(randomUUID()),
  connection,
  program: { uid: 1000, executable: '/usr/bin/node', script: '/home/ana/deploy.mjs' },
  decision: 'allow',
  createdAt: 1,
  until: null,
  ...change,
});

test('keeps answers, last uses and which connections ask; a row that cannot be read is left out, and left', () => {
  const database = value(openDatabase(':memory:'));
  migrate(database);
  const load = (): SqliteGrantStore => value(SqliteGrantStore.load(database, silentLogger));
  const connection = randomUUID() as ConnectionId;
  const store = load();
  const changes: string[] = [];
  store.onAsksChange((id) => changes.push(id));
  const [first, second] = [aGrant(connection), aGrant(connection, { decision: 'deny', until: 5 })];
  value(store.insert(first));
  value(store.insert(second));
  value(store.setAsks(connection, true));
  value(store.setAsks(connection, true));
  store.saveLastUses(new Map([[first.id, 7.5]]));
  database.exec(
    `INSERT INTO program_grants (id, connection, record) VALUES ('damaged', 'c', '{"id":"damaged"}')`,
  );
  const again = load();
  expect(again.list()).toEqual([first, second]);
  expect([...again.lastUses()]).toEqual([[first.id, 7]]);
  expect([again.asks(connection), again.asks(randomUUID() as ConnectionId)]).toEqual([true, false]);
  value(again.remove([first.id]));
  value(again.setAsks(connection, false));
  expect(load().list()).toEqual([second]);
  expect(load().asks(connection)).toBe(false);
  expect(changes).toEqual([connection]);
  expect(database.statement('SELECT count(*) AS n FROM program_grants').get()?.['n']).toBe(2);
  database.close();
});

test('ends with its connection, and comes with a backup', async () => {
  const from = new StoreInFolder();
  const to = new StoreInFolder();
  try {
    const store = await from.ready();
    const kept = value(store.connections.insert(sampleConnection({ name: 'kept' }), sampleTokens()));
    const gone = value(store.connections.insert(sampleConnection({ name: 'gone' }), sampleTokens()));
    for (const { id } of [kept, gone]) {
      value(store.grants.insert(aGrant(id)));
      value(store.grants.setAsks(id, true));
    }
    value(store.connections.remove(gone.id));
    const [grant] = from.open().grants.list();
    expect(from.open().grants.list()).toEqual([grant]);
    expect(grant?.connection).toBe(kept.id);
    const { document } = value((await from.ready()).copies.read());
    value((await to.ready()).copies.stage(document));
    const restored = (await to.ready()).grants;
    expect(restored.list()).toEqual([grant]);
    expect([restored.asks(kept.id), restored.asks(gone.id)]).toEqual([true, false]);
  } finally {
    from.dispose();
    to.dispose();
  }
});
