import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { disposable, type Disposable } from '../lib/disposable.ts';
import { fail, ok, type Result } from '../lib/result.ts';
import { preparePrivateFile, preparePrivateFolder } from './private-files.ts';
import { sqliteFailure } from './sqlite-failure.ts';

const SQLITE_BUSY = 5;

/**
 * Makes this process the only writer of a data folder until disposed. The lock is the operating system's, on a
 * file of its own, so it ends with the process however that ends. Fails with `conflict` while another has it.
 */
export function acquireWriterLock(home: string): Result<Disposable> {
  const folder = preparePrivateFolder(home);
  if (!folder.ok) return folder;
  const file = join(home, 'lock.db');
  const prepared = preparePrivateFile(file);
  if (!prepared.ok) return prepared;
  let database: DatabaseSync | null = null;
  try {
    const opened = new DatabaseSync(file, { timeout: 0 });
    database = opened;
    opened.exec('BEGIN EXCLUSIVE');
    return ok(
      disposable(() => {
        opened.close();
      }),
    );
  } catch (fault) {
    database?.close();
    if (fault instanceof Error && 'errcode' in fault && fault.errcode === SQLITE_BUSY) {
      return fail(
        'conflict',
        `Another Tokentray is using the data folder ${home}.`,
        'Use the one that runs, or end it first.',
      );
    }
    const failed = sqliteFailure(fault, file);
    if (failed === null) throw fault;
    return failed.error.code === 'store-corrupt'
      ? fail('io', `The lock file ${file} is damaged; it holds no data.`, 'Delete it and start again.')
      : failed;
  }
}
