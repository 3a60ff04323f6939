import { expect, it } from 'vitest';
import { ExportId, ProviderId } from '../../../contract/ids.ts';
import { silentLogger } from '../../../main/lib/log.ts';
import { ok } from '../../../main/lib/result.ts';
import { DamagedRows } from '../../../main/store/damaged-rows.ts';
import { Database } from '../../../main/store/database.ts';
import { SqliteExportStore } from '../../../main/store/export-store.ts';
import { migrate } from '../../../main/store/migrations.ts';
import type { ExportRecord } from '../../../main/store/records.ts';

const record: ExportRecord = {
  id: ExportId.parse('abc123'),
  file: '/home/ada/project/.env',
  preset: 'atlassian',
  format: 'dotenv',
  mode: 'block',
  target: { follows: 'active', provider: ProviderId.parse('atlassian') },
  createdAt: 1,
  writtenAt: null,
  error: { since: 2, failure: { code: 'io', message: 'The disk is full.' } },
  sharedFolder: false,
  former: null,
  inPlace: false,
  pipe: null,
  readAt: null,
  from: null,
  writes: [],
};

it('keeps exports over a restart, replaces and removes them', () => {
  const database = new Database(':memory:');
  migrate(database);
  const load = (): SqliteExportStore => {
    const loaded = SqliteExportStore.load(database, silentLogger, new DamagedRows(database));
    if (!loaded.ok) throw new Error(loaded.error.message);
    return loaded.value;
  };
  const exports = load();
  expect(exports.save(record)).toEqual(ok(undefined));
  expect(load().list()).toEqual([record]);
  const written = { ...record, writtenAt: 5, error: null };
  expect(exports.save(written)).toEqual(ok(undefined));
  expect([exports.get(record.id), load().list()]).toEqual([written, [written]]);
  expect(exports.remove(record.id)).toEqual(ok(undefined));
  expect(exports.remove(record.id)).toMatchObject({ error: { code: 'not-found' } });
  expect([exports.get(record.id), load().list()]).toEqual([null, []]);
  database.close();
  expect(exports.save(record)).toMatchObject({ error: { code: 'cancelled' } });
  expect(exports.list()).toEqual([]);
});
