import { expect, it } from 'vitest';
import { ConnectionId, ConsumerId } from '../../../contract/ids.ts';
import { silentLogger } from '../../../main/lib/log.ts';
import { ok } from '../../../main/lib/result.ts';
import { SqliteConsumerStore } from '../../../main/store/consumer-store.ts';
import { createStoreCopies } from '../../../main/store/copy/store-copy.ts';
import { DamagedRows } from '../../../main/store/damaged-rows.ts';
import { Database } from '../../../main/store/database.ts';
import { migrate, STEPS, storeVersion } from '../../../main/store/migrations.ts';
import type { LockableVault } from '../../../main/store/ports.ts';
import type { ConsumerRecord } from '../../../main/store/records.ts';
import { value } from '../../fakes/store-in-folder.ts';

const uuid = (n: number): string => `00000000-0000-4000-8000-00000000000${n}`;
const record = (n: number): ConsumerRecord => ({
  ...{ id: ConsumerId.parse(uuid(n)), kind: 'key', name: `agent ${n}`, connections: null },
  ...{ rules: [{ then: 'allow' }], limits: {}, keyStart: 'ttk_abcdef' },
  ...{ createdAt: 1, expiresAt: null, client: null },
});
const key = (n: number, hash = `hash-${n}`) => ({ hash, consumer: record(n).id, expiresAt: null });

function fresh(): { database: Database; damaged: () => DamagedRows; load: () => SqliteConsumerStore } {
  const database = new Database(':memory:');
  migrate(database);
  let damaged = new DamagedRows(database);
  return {
    database,
    damaged: () => damaged,
    load: () => {
      damaged = new DamagedRows(database);
      return value(SqliteConsumerStore.load(database, silentLogger, damaged));
    },
  };
}

it('keeps consumers with their keys, which go with them', () => {
  const { database, load } = fresh();
  const store = load();
  value(store.insert(record(1), key(1)));
  value(store.insert(record(2), key(2)));
  value(store.addKey({ ...key(1, 'ending'), expiresAt: 50 }, 10));
  expect(() => store.insert(record(1), key(1, 'x'))).toThrow('UNIQUE');
  const changed = { ...record(1), name: 'renamed', connections: [] };
  value(store.update(changed));
  expect(load().list()).toEqual([changed, record(2)]);
  expect(load().keys()).toHaveLength(3);
  value(store.addKey(key(2, 'more'), 50));
  expect(
    load()
      .keys()
      .map(({ hash }) => hash),
  ).toEqual(['hash-1', 'hash-2', 'more']);
  value(store.remove(record(2).id));
  expect(store.remove(record(2).id)).toMatchObject({ error: { code: 'not-found' } });
  expect(store.update(record(2))).toMatchObject({ error: { code: 'not-found' } });
  expect(load().keys()).toEqual([key(1)]);
  database.close();
  expect(store.update(record(1))).toMatchObject({ error: { code: 'cancelled' } });
});

it('reports a consumer that cannot be read; its keys go when it is removed', () => {
  const { database, damaged, load } = fresh();
  value(load().insert(record(1), key(1)));
  database.exec(`UPDATE consumers SET record = json_set(record, '$.rules', 'all')`);
  expect(load().list()).toEqual([]);
  expect(damaged().list()).toEqual([{ kind: 'consumer', id: uuid(1), name: 'agent 1' }]);
  expect(load().keys()).toHaveLength(1);
  expect(damaged().remove('consumer', 'Agent 1')).toMatchObject({ ok: true });
  expect(load().keys()).toEqual([]);
});

it('refuses everything where the rules of a connection cannot be read', () => {
  const { database, load } = fresh();
  const connection = ConnectionId.parse(uuid(5));
  value(load().setConnectionRules(connection, [{ then: 'allow' }]));
  expect(load().connectionRules(connection)).toEqual([{ then: 'allow' }]);
  database.exec(`UPDATE connection_rules SET rules = '[{"then":"maybe"}]'`);
  expect(load().connectionRules(connection)).toEqual([]);
  expect(load().ruledConnections()).toEqual([connection]);
});

it('comes into a store of the version before, with what is in it', () => {
  const database = new Database(':memory:');
  migrate(database, STEPS.slice(0, 3));
  database.exec(`INSERT INTO settings VALUES ('theme', '"dark"')`);
  expect(migrate(database)).toEqual(ok(undefined));
  expect(storeVersion(database)).toEqual(ok(STEPS.length));
  expect(database.statement('SELECT * FROM settings').all()).toHaveLength(1);
  const store = value(SqliteConsumerStore.load(database, silentLogger, new DamagedRows(database)));
  value(store.insert(record(1), key(1)));
  expect(store.list()).toHaveLength(1);
});

it('is not in a backup, but rules of connections are', () => {
  const { database, load } = fresh();
  value(load().insert(record(1), key(1)));
  value(load().setConnectionRules(ConnectionId.parse(uuid(5)), []));
  const copy = value(createStoreCopies(database, { failure: null } as LockableVault).read()).document;
  expect(JSON.stringify(copy)).not.toContain('hash-1');
  expect(Object.keys(copy.tables)).toEqual(
    expect.not.arrayContaining(['consumers', 'traffic', 'usage', 'uses']),
  );
  expect(copy.tables['connection_rules']).toEqual([{ connection: uuid(5), rules: '[]' }]);
});
