import { accessSync, constants } from 'node:fs';
import { fail, type Result } from '../lib/result.ts';
import { readOnlyDisk } from './private-files.ts';

/** Primary result codes, https://sqlite.org/rescode.html */
const SQLITE = {
  perm: 3,
  busy: 5,
  readOnly: 8,
  ioError: 10,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  notADatabase: 26,
} as const;

const primaryCode = (fault: unknown): number | null =>
  fault instanceof Error && 'errcode' in fault && typeof fault.errcode === 'number'
    ? fault.errcode & 0xff
    : null;

/** SQLite reports a disk that became read-only as any other fault of a disk. */
function isOnReadOnlyDisk(file: string): boolean {
  try {
    accessSync(file, constants.W_OK);
    return false;
  } catch (fault) {
    return fault instanceof Error && 'code' in fault && fault.code === 'EROFS';
  }
}

/** What a database fault means to a person; null when it is a bug and must throw. */
export function sqliteFailure(fault: unknown, file: string): (Result<never> & { ok: false }) | null {
  switch (primaryCode(fault)) {
    case SQLITE.corrupt:
    case SQLITE.notADatabase:
      return fail(
        'store-corrupt',
        `The file ${file} is damaged or is not a Tokentray store. It was left as it is.`,
        'Restore it from a backup, or move it away and connect again.',
      );
    case SQLITE.full:
      return fail(
        'io',
        `The disk with ${file} is full; nothing was changed.`,
        'Free some space and try again.',
      );
    case SQLITE.readOnly:
    case SQLITE.perm:
    case SQLITE.cannotOpen:
      if (isOnReadOnlyDisk(file)) return readOnlyDisk(file);
      return fail(
        'io',
        `${file} cannot be written; nothing was changed.`,
        'Check that you own the folder and that it is writable.',
      );
    case SQLITE.busy:
      return fail('io', `Another program has ${file} open.`, 'Close the program that uses it and try again.');
    case SQLITE.ioError:
      if (isOnReadOnlyDisk(file)) return readOnlyDisk(file);
      return fail(
        'io',
        `The disk failed while ${file} was being read or written; nothing was changed.`,
        'Check the disk and its free space, and try again.',
      );
    case null:
    default:
      return null;
  }
}
