import { DEFAULT_SETTINGS, Settings } from '../../contract/settings.ts';
import { Emitter } from '../lib/emitter.ts';
import type { Logger } from '../lib/log.ts';
import { READ_ONCE } from '../lib/read-once.ts';
import { ok, type Result } from '../lib/result.ts';
import type { Database } from './database.ts';
import { parseJson } from './parse-json.ts';
import type { SettingsStore } from './ports.ts';

/** One row a setting, so that one that cannot be read falls back to its default alone. */
export class SqliteSettingsStore implements SettingsStore {
  readonly #database: Database;
  #settings: Settings;
  readonly #changes = new Emitter<Settings>();
  readonly onChange = this.#changes.event;

  static load(database: Database, logger: Logger): Result<SqliteSettingsStore> {
    const rows = database.attempt(() => database.statement('SELECT key, value FROM settings').all());
    if (!rows.ok) return rows;
    const stored = new Map(rows.value.map(({ key, value }) => [String(key), value]));
    const settings: Record<string, unknown> = { ...DEFAULT_SETTINGS };
    for (const [key, schema] of Object.entries(Settings.shape)) {
      if (!stored.has(key)) continue;
      const value = parseJson<Settings[keyof Settings]>(schema, stored.get(key));
      if (value === null) logger.warn('store.setting-unreadable', { key });
      else settings[key] = value;
    }
    return ok(new SqliteSettingsStore(database, Settings.parse(settings, READ_ONCE)));
  }

  private constructor(database: Database, settings: Settings) {
    this.#database = database;
    this.#settings = settings;
  }

  get(): Settings {
    return this.#settings;
  }

  set(patch: Partial<Settings>): Result<Settings> {
    const settings = Settings.parse({ ...this.#settings, ...patch });
    const saved = this.#database.transaction(() => {
      for (const key of Object.keys(patch) as (keyof Settings)[]) {
        this.#database
          .statement('INSERT INTO settings VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value')
          .run(key, JSON.stringify(settings[key]));
      }
    });
    if (!saved.ok) return saved;
    this.#settings = settings;
    this.#changes.emit(settings);
    return ok(settings);
  }
}
