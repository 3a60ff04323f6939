import type { SQLOutputValue } from 'node:sqlite';
import { ok, type Result } from '../lib/result.ts';
import type { Database } from './database.ts';
import type { KeyRecord } from './store-key.ts';

const PUT = 'INSERT INTO meta VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value';

/** What the database knows of its key: the id that names the keychain item, a check of the key, and its source. */
export function keyRecord(database: Database, random: (bytes: number) => Uint8Array): KeyRecord {
  const read = (key: string): Result<SQLOutputValue | undefined> =>
    database.attempt(() => database.statement('SELECT value FROM meta WHERE key = ?').get(key)?.['value']);

  return {
    account: () => {
      const known = read('key-id');
      if (!known.ok) return known;
      if (typeof known.value === 'string') return ok(`store-${known.value}`);
      const id = Buffer.from(random(8)).toString('hex');
      const kept = database.attempt(() => database.statement(PUT).run('key-id', id));
      return kept.ok ? ok(`store-${id}`) : kept;
    },
    // A client that comes with a definition cannot be removed, and its secret is stored again when it is used.
    hasSecrets: () =>
      database.attempt(() => {
        const row = database
          .statement(
            "SELECT EXISTS (SELECT 1 FROM connections) OR EXISTS (SELECT 1 FROM network WHERE secrets IS NOT NULL) OR EXISTS (SELECT 1 FROM clients WHERE secret IS NOT NULL AND record ->> 'origin' = 'user') AS any",
          )
          .get();
        return row?.['any'] === 1;
      }),
    check: () => {
      const check = read('key-check');
      if (!check.ok) return check;
      return ok(check.value instanceof Uint8Array ? check.value : null);
    },
    setCheck: (sealed) =>
      database.attempt(() => {
        database.statement(PUT).run('key-check', sealed);
      }),
    source: () => {
      const source = read('key-source');
      if (!source.ok) return source;
      return ok(typeof source.value === 'string' ? source.value : null);
    },
    setSource: (name) =>
      database.attempt(() => {
        if (name === null) database.statement("DELETE FROM meta WHERE key = 'key-source'").run();
        else database.statement(PUT).run('key-source', name);
      }),
  };
}
