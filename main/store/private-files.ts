import { chmodSync, closeSync, mkdirSync, openSync, statSync } from 'node:fs';
import { fail, ok, type Result } from '../lib/result.ts';

const isWindows = process.platform === 'win32';

/** Makes the data folder, and makes it the owner's alone (0700). Windows keeps it so by its own rules. */
export function preparePrivateFolder(folder: string): Result<void> {
  return attemptFile(folder, () => {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (!isWindows && (statSync(folder).mode & 0o077) !== 0) chmodSync(folder, 0o700);
  });
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

function attemptFile(path: string, work: () => void): Result<void> {
  try {
    work();
    return ok(undefined);
  } catch (fault) {
    if (!(fault instanceof Error && 'code' in fault && 'syscall' in fault)) throw fault;
    return fail(
      'io',
      `${path} cannot be used as part of the data folder: ${String(fault.code)}.`,
      'Check that the folder is yours and that its disk is writable and has space, or set TOKENTRAY_HOME to another folder.',
    );
  }
}
