import { z } from 'zod';
import { LOCKED_BY } from '../../contract/vocabulary.ts';
import type { Database } from './database.ts';
import { parseJson } from './parse-json.ts';
import type { Lock, LockStore } from './ports.ts';

const LockSchema = z.lazy(() => z.object({ since: z.number(), by: z.enum(LOCKED_BY) }));

/** The lock under which the app ended, if it was locked then: starting it again is no way around. */
export function lockRecord(database: Database): LockStore & { get(): Lock | null } {
  return {
    get: () => {
      const row = database.attempt(() =>
        database.statement("SELECT value FROM meta WHERE key = 'lock'").get(),
      );
      return row.ok && row.value !== undefined ? parseJson(LockSchema, row.value['value']) : null;
    },
    set: (lock) =>
      database.attempt(() => {
        if (lock === null) database.statement("DELETE FROM meta WHERE key = 'lock'").run();
        else
          database
            .statement("INSERT INTO meta VALUES ('lock', ?) ON CONFLICT DO UPDATE SET value = excluded.value")
            .run(JSON.stringify(lock));
      }),
  };
}
