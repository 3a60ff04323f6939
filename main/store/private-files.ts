import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { fail, ok, type Result } from '../lib/result.ts';

const isWindows = process.platform === 'win32';

/**
 * Makes the data folder, and makes it the owner's alone (0700). Windows keeps it so by its own rules. `refused` when
 * it, or a thing in it, belongs to another user, who could change it at any time; root is no exception.
 */
export function preparePrivateFolder(folder: string): Result<void> {
  const prepared = attemptFile(folder, () => {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (isWindows) return null;
    const { uid, mode } = statSync(folder);
    if (uid !== process.getuid?.()) return folder;
    if ((mode & 0o077) !== 0) chmodSync(folder, 0o700);
    return foreignEntry(folder, uid);
  });
  if (!prepared.ok) return prepared;
  if (prepared.value === null) return ok(undefined);
  return fail(
    'refused',
    `${prepared.value} belongs to another user, so it cannot be part of the data folder.`,
    'Run Tokentray as that user, or set TOKENTRAY_HOME to a folder of yours.',
  );
}

/** What stands in the folder and is not of `uid`, such as what others planted while they could; null when nothing. */
function foreignEntry(folder: string, uid: number): string | null {
  for (const name of readdirSync(folder)) {
    const entry = join(folder, name);
    const found = lstatSync(entry, { throwIfNoEntry: false });
    if (found && found.uid !== uid) return entry;
  }
  return null;
}

/**
 * Makes an empty file of mode 0600 for SQLite to open, whatever the umask; SQLite gives its side files the same
 * mode. An existing file is never opened here: closing it would drop the locks that this process holds on it
 * (POSIX, https://sqlite.org/howtocorrupt.html §2.2).
 */
export function preparePrivateFile(file: string): Result<void> {
  return attemptFile(file, () => {
    try {
      closeSync(openSync(file, 'wx', 0o600));
    } catch (fault) {
      if (!(fault instanceof Error && 'code' in fault && fault.code === 'EEXIST')) throw fault;
      // Also one that was made read-only: SQLite would read it, lock nothing, and say nothing.
      if (!isWindows && (statSync(file).mode & 0o677) !== 0o600) chmodSync(file, 0o600);
      accessSync(file, constants.W_OK);
    }
  });
}

export const readOnlyDisk = (path: string): Result<never> & { ok: false } =>
  fail(
    'io',
    `${path} cannot be written: its disk is mounted read-only. Nothing was changed.`,
    'Mount the disk for writing, or set TOKENTRAY_HOME to a folder on another one.',
  );

function attemptFile<T>(path: string, work: () => T): Result<T> {
  try {
    return ok(work());
  } catch (fault) {
    if (!(fault instanceof Error && 'code' in fault && 'syscall' in fault)) throw fault;
    if (fault.code === 'EROFS') return readOnlyDisk(path);
    return fail(
      'io',
      `${path} cannot be used as part of the data folder: ${String(fault.code)}.`,
      'Check that the folder is yours and that its disk is writable and has space, or set TOKENTRAY_HOME to another folder.',
    );
  }
}
