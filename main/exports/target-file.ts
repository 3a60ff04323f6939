import { constants, type BigIntStats } from 'node:fs';
import { lstat, open, realpath, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { walkPath, type PathStep } from '../lib/path-steps.ts';
import { fail, ok, type Result } from '../lib/result.ts';
import type { Person } from '../lib/step-owners.ts';
import { errorCode } from './file-failure.ts';

/** Larger files are not env files; a mistaken drop must not be read into memory. */
const MIB = 1n << 20n;
const MAX_BYTES = MIB;

/** Windows has neither flag. */
const NO_FOLLOW = (constants.O_NOFOLLOW as number | undefined) ?? 0;
const NON_BLOCKING = (constants.O_NONBLOCK as number | undefined) ?? 0;
/** So that the time of the last read is that of a reader, not of ours. Linux only, and for the owner only. */
const NO_ATIME = (constants.O_NOATIME as number | undefined) ?? 0;

const statOrNull = async (file: string): Promise<BigIntStats | null> => {
  try {
    return await lstat(file, { bigint: true });
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
};

/** Where a path leads. */
export interface Target {
  path: string;
  /** Symlinks of the file itself led there. */
  linked: boolean;
  /** Every step of the way, links and folders; without the file itself. */
  steps: PathStep[];
}

/**
 * The real path of a file that may not exist yet: symlinks followed. `refused` for a circle of them, `not-found` when
 * the folder is missing.
 */
export async function resolveTarget(file: string): Promise<Result<Target>> {
  const walked = await walkPath(file);
  if (walked === null)
    return fail('refused', `The symbolic links from ${file} form a loop.`, 'Check where they point.');
  if (walked.missing !== null && walked.missing !== walked.path) {
    return fail(
      'not-found',
      `The folder ${path.dirname(walked.path)} does not exist.`,
      'Create the folder first, then try again.',
    );
  }
  // Spelled as the system spells it, where upper and lower case are the same.
  const folder = await realpath(path.dirname(walked.path));
  return ok({
    path: path.join(folder, path.basename(walked.path)),
    linked: walked.linked,
    steps: walked.missing === null ? walked.steps.slice(0, -1) : walked.steps,
  });
}

/** Opens the folder of a file, so that it can be synced. Null on Windows, where folders cannot be opened. */
export async function openFolder(folder: string, person: Person | null): Promise<FileHandle | null> {
  return person === null ? null : open(folder, constants.O_RDONLY | constants.O_DIRECTORY | NO_FOLLOW);
}

/** A file that was read and is still open. */
export interface OpenTarget {
  handle: FileHandle;
  stat: BigIntStats;
  bytes: Buffer;
}

/**
 * Opens and reads an existing file; null when there is none. `refused` for what must not be replaced. `uid`: whose it
 * has to be; null where there are no owners.
 */
export async function openTarget(
  target: string,
  uid: bigint | null,
  maxBytes = MAX_BYTES,
): Promise<Result<OpenTarget | null>> {
  const before = await statOrNull(target);
  if (before === null) return ok(null);
  // Checked before opening: opening a device or a FIFO can have side effects.
  const fault = targetFault(before, uid, maxBytes);
  if (fault !== null) return fail('refused', `${target} ${fault[0]}.`, fault[1]);
  const handle = await openUnseen(target, constants.O_RDONLY | NO_FOLLOW | NON_BLOCKING);
  try {
    const stat = await handle.stat({ bigint: true });
    const swapped = targetFault(stat, uid, maxBytes);
    if (swapped === null) return ok({ handle, stat, bytes: await handle.readFile() });
    await handle.close();
    return fail('refused', `${target} ${swapped[0]}.`, swapped[1]);
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function openUnseen(target: string, flags: number): Promise<FileHandle> {
  try {
    return await open(target, flags | NO_ATIME);
  } catch (error) {
    if (NO_ATIME === 0 || errorCode(error) !== 'EPERM') throw error;
    return open(target, flags);
  }
}

function targetFault(
  stat: BigIntStats,
  uid: bigint | null,
  maxBytes: bigint,
): [reason: string, hint: string] | null {
  if (stat.isDirectory()) return ['is a folder', 'Choose a file in it.'];
  if (!stat.isFile()) return ['is not an ordinary file (a pipe, socket or device)', 'Choose another file.'];
  if (uid !== null && stat.uid !== uid) return ['belongs to another user', 'Choose a file of your own.'];
  if (stat.nlink > 1n) {
    return [
      'has a second name (hard link), which would keep the old content',
      'Remove the other name, or choose another file.',
    ];
  }
  if ((stat.mode & 0o200n) === 0n) {
    return ['is marked read-only', 'If Tokentray may change it, make it writable (chmod u+w).'];
  }
  if (stat.size > maxBytes) {
    const kind = maxBytes === MAX_BYTES ? ', so it is not an env file' : '';
    return [`is larger than ${maxBytes / MIB} MiB${kind}`, 'Choose another file.'];
  }
  return null;
}

/** Whether the file is still the one that was read: not written to or replaced since. */
export async function isUntouched(target: string, read: OpenTarget | null): Promise<boolean> {
  const now = await statOrNull(target);
  if (now === null || read === null) return now === null && read === null;
  const { stat } = read;
  return (
    now.dev === stat.dev &&
    now.ino === stat.ino &&
    now.size === stat.size &&
    now.mtimeNs === stat.mtimeNs &&
    now.nlink === stat.nlink
  );
}
