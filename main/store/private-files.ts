import { chmodSync, closeSync, lstatSync, mkdirSync, openSync, readdirSync, statSync } from 'node:fs';
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
      if (!isWindows && (statSync(file).mode & 0o077) !== 0) chmodSync(file, 0o600);
    }
  });
}

function attemptFile<T>(path: string, work: () => T): Result<T> {
  try {
    return ok(work());
  } catch (fault) {
    if (!(fault instanceof Error && 'code' in fault && 'syscall' in fault)) throw fault;
    return fail(
      'io',
      `${path} cannot be used as part of the data folder: ${String(fault.code)}.`,
      'Check that the folder is yours and that its disk is writable and has space, or set TOKENTRAY_HOME to another folder.',
    );
  }
}
