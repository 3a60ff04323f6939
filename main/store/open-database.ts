import { ok, type Result } from '../lib/result.ts';
import { Database } from './database.ts';
import { migrate, storeVersion } from './migrations.ts';
import { sqliteFailure } from './sqlite-failure.ts';

/** Opens a store's database for this process alone, every commit durable, and brings it to this version. */
export function openDatabase(file: string): Result<Database> {
  let database: Database;
  try {
    database = new Database(file);
  } catch (fault) {
    const failed = sqliteFailure(fault, file);
    if (failed === null) throw fault;
    return failed;
  }
  const ready = prepareDatabase(database);
  if (ready.ok) return ok(database);
  database.close();
  return ready;
}

function prepareDatabase(database: Database): Result<void> {
  // One process, one connection: no shared memory file, and a full disk cannot keep the store from opening.
  const locked = database.attempt(() => {
    database.exec('PRAGMA locking_mode = EXCLUSIVE');
  });
  if (!locked.ok) return locked;
  const version = storeVersion(database);
  if (!version.ok) return version;
  // 16 MiB of pages at most, in use only where there is so much: a thousand connections with long tokens.
  const configured = database.attempt(() => {
    database.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA trusted_schema = OFF; PRAGMA secure_delete = FAST; PRAGMA cache_size = -16384',
    );
  });
  return configured.ok ? migrate(database) : configured;
}
