import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { fail, ok, type Result } from '../lib/result.ts';
import { foreignStep, thisPerson, type Person } from '../lib/step-owners.ts';

const isWindows = process.platform === 'win32';

/**
 * Makes the data folder, and makes it the owner's alone (0700). Windows keeps it so by its own rules. `refused` when
 * it, a step of the way to it, or a thing in it belongs to another user, who could change it at any time; root is no
 * exception. Where a file system knows no owners there is nothing to refuse by; `doctor` says so.
 */
export function preparePrivateFolder(
  folder: string,
  make: (folder: string) => void = (each) => void mkdirSync(each, { recursive: true, mode: 0o700 }),
): Result<void> {
  const prepared = attemptFile(folder, () => {
    const person = thisPerson();
    const foreign = foreignStep(folder, person);
    if (foreign !== null) return foreign;
    make(folder);
    if (person === null) return null;
    // Again: what was not there before is now, and may not be what we made.
    const planted = foreignStep(folder, person);
    if (planted !== null) return planted;
    const { uid, mode } = statSync(folder, { bigint: true });
    const hasOwners = person.typeWithoutOwners(realpathSync(folder)) === null;
    if (hasOwners && uid !== person.uid) return folder;
    if ((mode & 0o077n) !== 0n) chmodSync(folder, 0o700);
    return hasOwners ? foreignEntry(folder, person) : null;
  });
  if (!prepared.ok) return prepared;
  if (prepared.value === null) return ok(undefined);
  return fail(
    'refused',
    prepared.value === folder
      ? `The data folder ${folder} belongs to another user.`
      : `${prepared.value} belongs to another user, so it cannot be part of the data folder ${folder}.`,
    'Run Tokentray as that user, or set TOKENTRAY_HOME to a folder of your own.',
  );
}

/** An entry of the folder that belongs to another user, or links to something that does: it may have been planted. */
function foreignEntry(folder: string, person: Person): string | null {
  for (const name of readdirSync(folder)) {
    const entry = join(folder, name);
    const found = lstatSync(entry, { bigint: true, throwIfNoEntry: false });
    if (found && found.uid !== person.uid) return entry;
    const beyond = found?.isSymbolicLink() === true ? foreignStep(entry, person) : null;
    if (beyond !== null) return beyond;
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
    'Mount the disk for writing, or set TOKENTRAY_HOME to a folder on another disk.',
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
