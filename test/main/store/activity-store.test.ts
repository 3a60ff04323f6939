import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ActivityEntry } from '../../../contract/activity.ts';
import { ConnectionId } from '../../../contract/ids.ts';
import { silentLogger } from '../../../main/lib/log.ts';
import { SqliteActivityStore } from '../../../main/store/activity-store.ts';
import { Database } from '../../../main/store/database.ts';
import type { ActivityQuery } from '../../../main/store/ports.ts';
import { migrate } from '../../../main/store/migrations.ts';

const connection = ConnectionId.parse(crypto.randomUUID());
let database: Database;
let activity: SqliteActivityStore;

const entry = (message: string, of: ConnectionId | null = null): Omit<ActivityEntry, 'id'> => ({
  at: '2026-11-22T09:30:00.000Z',
  level: 'info',
  event: 'refresh.refreshed',
  message,
  connection: of,
  export: null,
});

function load(): SqliteActivityStore {
  const loaded = SqliteActivityStore.load(database, silentLogger, 5);
  if (!loaded.ok) throw new Error(loaded.error.message);
  return loaded.value;
}

const messages = (entries: ActivityEntry[]): string[] => entries.map(({ message }) => message);

beforeEach(() => {
  database = new Database(':memory:');
  migrate(database);
  activity = load();
});

describe('activity', () => {
  it('lists the newest first, by page and by connection', () => {
    for (const number of [1, 2, 3, 4]) activity.append(entry(`${number}`, number % 2 ? connection : null));
    expect(messages(activity.list({ limit: 2 }))).toEqual(['4', '3']);
    expect(messages(activity.list({ limit: 2, before: 3 }))).toEqual(['2', '1']);
    expect(messages(activity.list({ limit: 9, connection }))).toEqual(['3', '1']);
    expect(messages(activity.list({ limit: 9, connection, before: 3 }))).toEqual(['1']);
  });

  it('narrows by level and by what the message says', () => {
    activity.append({ ...entry('Acme: Offline', connection), level: 'warning' });
    activity.append({ ...entry('beta: offline'), level: 'error' });
    activity.append(entry('100% acme'));
    const list = (query: Partial<ActivityQuery>): string[] => messages(activity.list({ limit: 9, ...query }));
    expect(list({ levels: ['warning', 'error'] })).toEqual(['beta: offline', 'Acme: Offline']);
    expect(list({ text: 'OFFLINE' })).toEqual(['beta: offline', 'Acme: Offline']);
    expect(list({ text: '%' })).toEqual(['100% acme']);
    expect(list({ text: 'acme', levels: ['warning'], connection })).toEqual(['Acme: Offline']);
  });

  it('keeps the newest up to the limit, and never gives an id twice', () => {
    for (const number of [1, 2, 3, 4, 5, 6, 7]) activity.append(entry(`${number}`));
    expect(messages(activity.list({ limit: 99 }))).toEqual(['7', '6', '5', '4', '3']);
    activity = load();
    expect(activity.append(entry('8')).id).toBe(8);
  });

  it('redacts what looks like a secret, and tells who listens', () => {
    const heard: ActivityEntry[] = [];
    activity.onAppend((appended) => heard.push(appended));
    const kept = activity.append(entry('Bearer abcdefgh12345678'));
    expect(kept.message).not.toContain('abcdefgh');
    expect(heard).toEqual([kept]);
    expect(activity.list({ limit: 1 })).toEqual([kept]);
  });

  it('skips an entry that cannot be read', () => {
    activity.append(entry('1'));
    activity.append(entry('2'));
    expect(activity.list({ limit: 9 })).toHaveLength(2);
    database.exec(`UPDATE activity SET entry = '{}' WHERE id = 2`);
    expect(messages(activity.list({ limit: 9 }))).toEqual(['1']);
  });

  it('never fails, even after the store was closed', () => {
    database.close();
    expect(activity.append(entry('late')).id).toBe(1);
    expect(activity.list({ limit: 1 })).toEqual([]);
  });

  it('is saved when the store is closed right away, with what the text holds', () => {
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'tokentray-activity-')), 'x.db');
    database = new Database(file);
    migrate(database);
    activity = load();
    const texts = ['quoted “"” and \\', '漢字 🙂', '\u0007 and \n'];
    for (const text of texts) activity.append(entry(text, connection));
    const kept = activity.list({ limit: 9 });
    activity.append(entry('last'));
    database.close();
    database = new Database(file);
    expect(load().list({ limit: 9 })).toEqual([expect.objectContaining({ message: 'last' }), ...kept]);
    expect(messages(kept)).toEqual(texts.toReversed());
    database.close();
    rmSync(path.dirname(file), { recursive: true });
  });

  it('leaves every later write as durable as before', () => {
    activity.append(entry('1'));
    expect(database.statement('PRAGMA synchronous').get()).toEqual({ synchronous: 2 });
  });
});
