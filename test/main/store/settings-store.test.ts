import { beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../contract/settings.ts';
import { silentLogger } from '../../../main/lib/log.ts';
import { ok } from '../../../main/lib/result.ts';
import { Database } from '../../../main/store/database.ts';
import { migrate } from '../../../main/store/migrations.ts';
import { SqliteSettingsStore } from '../../../main/store/settings-store.ts';

let database: Database;

function load(): SqliteSettingsStore {
  const loaded = SqliteSettingsStore.load(database, silentLogger);
  if (!loaded.ok) throw new Error(loaded.error.message);
  return loaded.value;
}

beforeEach(() => {
  database = new Database(':memory:');
  migrate(database);
});

describe('settings', () => {
  it('are the defaults, then what was set, also after a restart', () => {
    const settings = load();
    const heard: unknown[] = [];
    settings.onChange((changed) => heard.push(changed));
    expect(settings.get()).toEqual(DEFAULT_SETTINGS);
    const changed = { ...DEFAULT_SETTINGS, theme: 'dark', refreshingPaused: true };
    expect(settings.set({ theme: 'dark', refreshingPaused: true })).toEqual(ok(changed));
    expect(heard).toEqual([changed]);
    expect(load().get()).toEqual(changed);
  });

  it('fall back one by one when they cannot be read, and forget those of other versions', () => {
    load().set({ theme: 'dark', clipboardClearSeconds: 120 });
    database.exec(`UPDATE settings SET value = '"pink"' WHERE key = 'theme'`);
    database.exec(`INSERT INTO settings VALUES ('refreshingPaused', '{'), ('someday', '1')`);
    expect(load().get()).toEqual({ ...DEFAULT_SETTINGS, clipboardClearSeconds: 120 });
  });

  it('stay as they were when they cannot be stored', () => {
    const settings = load();
    database.close();
    expect(settings.set({ theme: 'dark' }).ok).toBe(false);
    expect(settings.get()).toEqual(DEFAULT_SETTINGS);
  });
});
