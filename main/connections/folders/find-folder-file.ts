import {
  constants,
  closeSync,
  fstatSync,
  lstatSync,
  openSync,
  readSync,
  realpathSync,
  type Stats,
} from 'node:fs';
import path from 'node:path';
import { FOLDER_FILE } from '../../../contract/folder-file.ts';
import type { FolderEntry } from '../../../contract/folder.ts';
import { fail, ok, type Result } from '../../lib/result.ts';
import type { Person } from '../../lib/step-owners.ts';
import { systemCode } from '../../lib/system-code.ts';
import { readFolderText } from './folder-text.ts';

/** A folder's file as it was found. */
export interface FolderFile {
  /** Absolute path. */
  file: string;
  /** The first is meant where none of them is asked for. */
  entries: FolderEntry[];
}

const MAX_BYTES = 4096;
/** Windows has neither flag. */
const NO_FOLLOW = (constants.O_NOFOLLOW as number | undefined) ?? 0;
const NON_BLOCKING = (constants.O_NONBLOCK as number | undefined) ?? 0;

type Owner = Pick<Person, 'uid' | 'typeWithoutOwners'> | null;

/**
 * The nearest file of a folder or one above it; null: there is none. The search ends where the folders stop being the
 * person's alone (another owner, or everybody may write), and at the border of a file system.
 *
 * A file that somebody else wrote or could have put there is a failure: it must neither be believed nor mean that there is
 * none. Asked with each token that is read, so it takes a few system calls and waits for nothing.
 */
export function findFolderFile(folder: string, person: Owner): Result<FolderFile | null> {
  if (!path.isAbsolute(folder) || folder.includes('\0'))
    return fail('invalid-input', 'The folder is not an absolute path.', 'Send the full path.');
  try {
    // The same folder under every name, and no link on the way that could be swapped.
    const start = realpathSync.native(folder);
    // Mostly there is none, and then nothing else of the folders matters.
    for (let each = start; ; each = path.dirname(each)) {
      const file = path.join(each, FOLDER_FILE);
      const found = lstatSync(file, { throwIfNoEntry: false });
      if (found !== undefined) return judge(start, each, file, found, person);
      if (each === path.dirname(each)) return ok(null);
    }
  } catch (fault) {
    return unseen(folder, systemCode(fault));
  }
}

function judge(
  start: string,
  folder: string,
  file: string,
  found: Stats,
  person: Owner,
): Result<FolderFile | null> {
  for (let each = start; each !== folder; each = path.dirname(each)) {
    if (borderOf(each, person) !== null || lstatSync(each).dev !== lstatSync(path.dirname(each)).dev)
      return ok(null);
  }
  const border = borderOf(folder, person);
  // What others put into a folder such as /tmp says nothing about the person's folders in it.
  if (border !== null && folder !== start && found.uid !== Number(person?.uid)) return ok(null);
  if (border !== null) return notBelieved(file, `its folder ${BORDERS[border]}`);
  return read(file, person);
}

/** Where the search for a file ends, in words. */
export const BORDERS = {
  foreign: 'belongs to another user',
  open: 'can be written to by every user',
} as const;

/** Why a folder is not the person's alone; null: it is. */
export function borderOf(folder: string, person: Owner): keyof typeof BORDERS | null {
  if (person === null) return null;
  const { uid, mode } = lstatSync(folder);
  const why = uid !== Number(person.uid) ? 'foreign' : (mode & 0o002) !== 0 ? 'open' : null;
  return why === null || person.typeWithoutOwners(folder) !== null ? null : why;
}

function read(file: string, person: Owner): Result<FolderFile> {
  const before = lstatSync(file);
  // Before it is opened: to open a pipe or a device can do something.
  const fault = faultOf(before, file, person);
  if (fault !== null) return notBelieved(file, fault);
  const descriptor = openSync(file, constants.O_RDONLY | NO_FOLLOW | NON_BLOCKING);
  try {
    const swapped = faultOf(fstatSync(descriptor), file, person);
    if (swapped !== null) return notBelieved(file, swapped);
    const bytes = Buffer.alloc(MAX_BYTES + 1);
    const length = readSync(descriptor, bytes, 0, bytes.length, 0);
    if (length > MAX_BYTES) return notBelieved(file, TOO_LARGE);
    const entries = readFolderText(file, bytes.subarray(0, length));
    return entries.ok ? ok({ file, entries: entries.value }) : entries;
  } finally {
    closeSync(descriptor);
  }
}

const TOO_LARGE = `it is larger than ${MAX_BYTES} bytes`;

function faultOf(stat: Stats, file: string, person: Owner): string | null {
  if (stat.isSymbolicLink()) return 'it is a symbolic link';
  if (!stat.isFile()) return 'it is not an ordinary file';
  if (stat.size > MAX_BYTES) return TOO_LARGE;
  if (person === null) return null;
  const why =
    stat.uid !== Number(person.uid) && stat.uid !== 0
      ? 'it belongs to another user'
      : (stat.mode & 0o002) !== 0
        ? 'every user can write to it'
        : null;
  return why === null || person.typeWithoutOwners(file) !== null ? null : why;
}

const notBelieved = (file: string, why: string): Result<never> =>
  fail(
    'refused',
    `${file} is not used, because ${why}.`,
    'Remove it or make it yours, or name the connection.',
  );

const unseen = (folder: string, code: string): Result<never> =>
  fail(
    code === 'ENOENT' ? 'not-found' : 'io',
    `The app cannot look into the folder ${folder} (${code}), so it does not know which connection is meant there.`,
    'Name the connection.',
  );
