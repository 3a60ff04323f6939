import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { lockHolder, lockRecord, lockRecordFile } from '../../contract/lock-record.ts';
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
    // Another process still holds the lock: only its file was removed or replaced.
    if (lockHolder(home, process.platform, readText) !== null) {
      opened.close();
      return inUse(home);
    }
    const record = writeRecord(home);
    if (!record.ok) {
      opened.close();
      return record;
    }
    return ok(
      disposable(() => {
        rmSync(record.value, { force: true });
        opened.close();
      }),
    );
  } catch (fault) {
    database?.close();
    if (fault instanceof Error && 'errcode' in fault && fault.errcode === SQLITE_BUSY) {
      return inUse(home);
    }
    const failed = sqliteFailure(fault, file);
    if (failed === null) throw fault;
    return failed.error.code === 'store-corrupt'
      ? fail('io', `The lock file ${file} is damaged; it contains no data.`, 'Delete it and start again.')
      : failed;
  }
}

const inUse = (home: string): Result<never> =>
  fail(
    'conflict',
    `Another Tokentray is using the data folder ${home}.`,
    'Use the one that is running, or stop it first.',
  );

/** Records which process holds the lock, for clients that find no socket. */
function writeRecord(home: string): Result<string> {
  const file = lockRecordFile(home, process.platform);
  const fresh = `${file}.new`;
  try {
    rmSync(fresh, { force: true });
    writeFileSync(fresh, lockRecord(process.pid, readText), { mode: 0o600, flag: 'wx' });
    renameSync(fresh, file);
    return ok(file);
  } catch (fault) {
    const code = fault instanceof Error && 'code' in fault ? String(fault.code) : 'unknown fault';
    return fail(
      'io',
      `${file} cannot be written: ${code}.`,
      'Check that the data folder is yours and that its disk is writable and has space.',
    );
  }
}

function readText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
