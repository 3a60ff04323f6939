import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, open, readdir, rename, unlink, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { fail, failure, ok, type Result } from '../lib/result.ts';
import { thisPerson, type Person } from '../lib/step-owners.ts';
import { errorCode, fileFailure } from './file-failure.ts';
import { keepMode, MODE, narrow } from './narrow-file.ts';
import { checkSteps, withoutOwners } from './shared-folder.ts';
import { isUntouched, openFolder, openTarget, resolveTarget, type OpenTarget } from './target-file.ts';

/** What to do with the file that was read. `write` with the same bytes does nothing. */
export type FileChange = { kind: 'write'; bytes: Buffer } | { kind: 'delete' } | { kind: 'keep' };

/** Decides from the content (null: no such file). May be called again when somebody else wrote meanwhile. */
export type DecideChange = (current: Buffer | null) => Result<FileChange>;

export interface FileOutcome {
  changed: boolean;
  /** The mode that the file had when others could read it; it is 0600 now. */
  narrowedFrom: number | null;
  /** What others can do with the file where its folder is shared; null when only its owner can read and write it. */
  shared: string | null;
}

export interface UpdateOptions {
  /** Write in a folder shared with others too; without it `shared-folder`. */
  allowShared: boolean;
  /** An existing file keeps its mode: it holds no secret of ours. */
  keepsMode?: boolean;
  /**
   * An existing file is written to, not replaced: what others mounted on it, to hide it from a program, stays. Readers may see
   * it half written, and so does whoever comes after a crash.
   */
  keepsFile?: boolean;
  /** Largest file that is read; 1 MiB, as no env file is larger. */
  maxBytes?: bigint;
}

export interface FilePorts {
  /** Part of the temporary file's name; unguessable. */
  randomName: () => string;
  /** Null: no owners here (Windows). */
  person: Person | null;
}

const NODE: FilePorts = {
  randomName: () => randomBytes(6).toString('hex'),
  person: thisPerson(),
};

const NO_FOLLOW = (constants.O_NOFOLLOW as number | undefined) ?? 0;
const MAX_TRIES = 5;

/** The path that `updateFile` would write for this one, symlinks followed. */
export const targetOf = (file: string): Promise<Result<string>> =>
  guarded(file, async () => {
    const target = await resolveTarget(file);
    return target.ok ? ok(target.value.path) : target;
  });

/**
 * Reads a file, decides, and replaces it atomically: readers see either the complete old content or the complete new
 * content, and the new one never with a mode wider than 0600, unless it keeps its mode. A symlink stays; its target is replaced (and emptied, not deleted). ACLs and
 * extended attributes are not carried over; on Windows the file has the permissions of its folder.
 *
 * Fails with `refused` (not ours to replace), `shared-folder`, `not-found` (no such folder), `io`, or what `decide`
 * says; the file is then as it was, with no temporary file beside it. Node has no `openat`, so a folder swapped
 * between two calls is not excluded; paths on which others could do that are refused.
 */
export function updateFile(
  file: string,
  decide: DecideChange,
  { allowShared, ...options }: UpdateOptions = { allowShared: false },
  { randomName, person }: FilePorts = NODE,
): Promise<Result<FileOutcome>> {
  return guarded(file, async () => {
    const resolved = await resolveTarget(file);
    if (!resolved.ok) return resolved;
    const { path: target, linked, steps } = resolved.value;
    const shared = checkSteps(steps, person, allowShared);
    if (!shared.ok) return shared;
    const type = person?.typeWithoutOwners(target) ?? null;
    const isWithoutOwners = allowShared && type !== null;
    const known = shared.value ?? (isWithoutOwners ? withoutOwners(target, type) : null);
    const place: Place = {
      target,
      linked,
      folder: await openFolder(path.dirname(target), person),
      uid: isWithoutOwners ? null : (person?.uid ?? null),
      allowShared,
      ...options,
      randomName,
    };
    try {
      await removeStrayFiles(target, place.uid);
      for (let tries = 0; tries < MAX_TRIES; tries += 1) {
        const done = await updateOnce(place, decide);
        if (!done.ok) return done;
        if (done.value !== 'changed meanwhile')
          return ok({ ...done.value, shared: done.value.shared ?? known });
      }
      return fail('io', `Another program keeps changing ${file}.`, 'Tokentray tries again automatically.');
    } finally {
      await place.folder?.close();
    }
  });
}

/** Where and how one file is written. */
interface Place extends UpdateOptions {
  target: string;
  linked: boolean;
  folder: FileHandle | null;
  /** Whose the file has to be; null where there are no owners. */
  uid: bigint | null;
  randomName: FilePorts['randomName'];
}

async function guarded<T>(file: string, act: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await act();
  } catch (error) {
    const known = fileFailure(error, file);
    if (known === null) throw error;
    return failure(known);
  }
}

async function updateOnce(
  place: Place,
  decide: DecideChange,
): Promise<Result<FileOutcome | 'changed meanwhile'>> {
  const { target } = place;
  const opened = await openTarget(target, place.uid, place.maxBytes);
  if (!opened.ok) return opened;
  const read = opened.value;
  try {
    const change = decide(read?.bytes ?? null);
    if (!change.ok) return change;
    const { kind } = change.value;
    if (kind === 'keep' || (kind === 'delete' && read === null)) return ok(UNCHANGED);
    // Deleting the target would leave the user's link dangling.
    const deletes = kind === 'delete' && !place.linked;
    const bytes = kind === 'delete' ? Buffer.alloc(0) : change.value.bytes;
    if (!deletes && read?.bytes.equals(bytes) === true) {
      if (place.keepsMode === true || widerMode(read, place.uid) === null) return ok(UNCHANGED);
      const shared = await narrow(read.handle, target, place);
      return shared.ok ? ok({ ...UNCHANGED, ...narrowing(read, place, shared.value) }) : shared;
    }
    const done = deletes ? await deleteFile(target, read) : await replaceFile(place, read, bytes);
    if (!done.ok) return done;
    if (done.value === 'changed meanwhile') return ok(done.value);
    await syncFolder(place.folder);
    return ok({ changed: true, ...narrowing(read, place, done.value.shared) });
  } finally {
    await read?.handle.close();
  }
}

const UNCHANGED: FileOutcome = { changed: false, narrowedFrom: null, shared: null };

const narrowing = (read: OpenTarget | null, { uid, keepsMode }: Place, shared: string | null) => ({
  narrowedFrom: shared === null && keepsMode !== true ? widerMode(read, uid) : null,
  shared,
});

function widerMode(read: OpenTarget | null, uid: bigint | null): number | null {
  if (read === null || uid === null) return null;
  const mode = Number(read.stat.mode) & 0o777;
  return (mode & ~MODE) === 0 ? null : mode;
}

/** Writes a temporary file and renames it over the file, unless the file has been changed in the meantime. */
async function replaceFile(
  place: Place,
  read: OpenTarget | null,
  bytes: Buffer,
): Promise<Result<{ shared: string | null } | 'changed meanwhile'>> {
  if (place.keepsFile === true && read !== null) return writeInto(place, read, bytes);
  const { handle, name } = await createTemporary(place);
  try {
    let narrowed: Result<string | null>;
    try {
      narrowed =
        place.keepsMode === true && read !== null
          ? ok(await keepMode(handle, read.stat))
          : await narrow(handle, place.target, place);
      if (narrowed.ok) {
        await handle.writeFile(bytes);
        await handle.sync();
      }
    } finally {
      await handle.close();
    }
    const isFree = narrowed.ok && (await isUntouched(place.target, read));
    if (!narrowed.ok || !isFree) {
      await unlink(name);
      return narrowed.ok ? ok('changed meanwhile') : narrowed;
    }
    await rename(name, place.target);
    return ok({ shared: narrowed.value });
  } catch (error) {
    await unlink(name).catch(() => undefined);
    throw error;
  }
}

/** Overwrites the file that was read, unless it has been changed in the meantime. The new content comes before the end of the old is cut. */
async function writeInto(
  place: Place,
  read: OpenTarget,
  bytes: Buffer,
): Promise<Result<{ shared: string | null } | 'changed meanwhile'>> {
  const handle = await open(place.target, constants.O_WRONLY | NO_FOLLOW);
  try {
    const { dev, ino } = await handle.stat({ bigint: true });
    const isSame = dev === read.stat.dev && ino === read.stat.ino;
    if (!isSame || !(await isUntouched(place.target, read))) return ok('changed meanwhile');
    const narrowed =
      place.keepsMode === true ? ok<string | null>(null) : await narrow(handle, place.target, place);
    if (!narrowed.ok) return narrowed;
    await handle.writeFile(bytes);
    await handle.truncate(bytes.byteLength);
    await handle.sync();
    return ok({ shared: narrowed.value });
  } finally {
    await handle.close();
  }
}

async function deleteFile(
  target: string,
  read: OpenTarget | null,
): Promise<Result<{ shared: null } | 'changed meanwhile'>> {
  if (!(await isUntouched(target, read))) return ok('changed meanwhile');
  await unlink(target);
  return ok({ shared: null });
}

/** Makes the new name durable. Some network and FUSE file systems have no sync for folders. */
async function syncFolder(folder: FileHandle | null): Promise<void> {
  try {
    await folder?.sync();
  } catch (error) {
    const unsupported = ['EINVAL', 'ENOTSUP'].includes(errorCode(error) ?? '');
    if (!unsupported) throw error;
  }
}

const temporaryName = (target: string, random: string): string =>
  path.join(path.dirname(target), `.${path.basename(target)}.tokentray-${random}.tmp`);

/** Opened exclusively and without following links: a file or link planted under the name is not touched. */
async function createTemporary({ target, randomName }: Place): Promise<{ handle: FileHandle; name: string }> {
  for (let tries = 1; ; tries += 1) {
    const name = temporaryName(target, randomName());
    try {
      const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | NO_FOLLOW;
      return { handle: await open(name, flags, MODE), name };
    } catch (error) {
      if (errorCode(error) !== 'EEXIST' || tries === MAX_TRIES) throw error;
    }
  }
}

/** Removes what a crash left behind. Writes of one file are queued, so none of these is in use. */
async function removeStrayFiles(target: string, uid: bigint | null): Promise<void> {
  const folder = path.dirname(target);
  const prefix = `.${path.basename(target)}.tokentray-`;
  for (const name of await readdir(folder)) {
    if (!name.startsWith(prefix) || !/^[0-9a-f]{12}\.tmp$/.test(name.slice(prefix.length))) continue;
    const stray = path.join(folder, name);
    try {
      const stat = await lstat(stray, { bigint: true });
      if (stat.isFile() && (uid === null || stat.uid === uid)) await unlink(stray);
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') throw error;
    }
  }
}
