import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, open, readdir, rename, unlink, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { fail, failure, ok, type Result } from '../lib/result.ts';
import { errorCode, fileFailure } from './file-failure.ts';
import {
  isUntouched,
  openFolder,
  openTarget,
  resolveTarget,
  type OpenTarget,
  type Target,
} from './target-file.ts';

/** What to do with the file that was read. `write` with the same bytes does nothing. */
export type FileChange = { kind: 'write'; bytes: Buffer } | { kind: 'delete' } | { kind: 'keep' };

/** Decides from the content (null: no such file). May be called again when somebody else wrote meanwhile. */
export type DecideChange = (current: Buffer | null) => Result<FileChange>;

export interface FileOutcome {
  changed: boolean;
  /** The mode that the file had when others could read it; it is 0600 now. */
  narrowedFrom: number | null;
}

export interface FilePorts {
  /** Part of the temporary file's name; unguessable. */
  randomName: () => string;
  /** Null: no owners here (Windows). */
  uid: bigint | null;
}

const NODE: FilePorts = {
  randomName: () => randomBytes(6).toString('hex'),
  uid: process.geteuid === undefined ? null : BigInt(process.geteuid()),
};

const MODE = 0o600;
const NO_FOLLOW = (constants.O_NOFOLLOW as number | undefined) ?? 0;
const MAX_TRIES = 5;

/** The path that `updateFile` would write for this one, symlinks followed. */
export const targetOf = (file: string, ports: FilePorts = NODE): Promise<Result<string>> =>
  guarded(file, async () => {
    const target = await resolveTarget(file, ports.uid);
    return target.ok ? ok(target.value.path) : target;
  });

/**
 * Reads a file, decides, and replaces it in one step: readers see the old content or the new, whole, and the new one
 * never under a mode wider than 0600. A symlink stays; its target is replaced (and emptied, not deleted). ACLs and
 * extended attributes are not carried over; on Windows the file has the permissions of its folder.
 *
 * Fails with `refused` (not ours to replace), `not-found` (no such folder), `io`, or what `decide` says; the file
 * is then as it was, with no temporary file beside it. Node has no `openat`, so a folder swapped between two calls
 * is not excluded; folders in which others could do that are refused.
 */
export function updateFile(
  file: string,
  decide: DecideChange,
  ports: FilePorts = NODE,
): Promise<Result<FileOutcome>> {
  return guarded(file, async () => {
    const target = await resolveTarget(file, ports.uid);
    if (!target.ok) return target;
    const folder = await openFolder(path.dirname(target.value.path), ports.uid);
    if (!folder.ok) return folder;
    try {
      await removeStrayFiles(target.value.path, ports.uid);
      for (let tries = 0; tries < MAX_TRIES; tries += 1) {
        const done = await updateOnce(target.value, folder.value, decide, ports);
        if (!done.ok) return done;
        if (done.value !== 'changed meanwhile') return ok(done.value);
      }
      return fail('io', `Another program keeps changing ${file}.`, 'It is tried again.');
    } finally {
      await folder.value?.close();
    }
  });
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
  target: Target,
  folder: FileHandle | null,
  decide: DecideChange,
  ports: FilePorts,
): Promise<Result<FileOutcome | 'changed meanwhile'>> {
  const opened = await openTarget(target.path, ports.uid);
  if (!opened.ok) return opened;
  const read = opened.value;
  try {
    const change = decide(read?.bytes ?? null);
    if (!change.ok) return change;
    const { kind } = change.value;
    if (kind === 'keep' || (kind === 'delete' && read === null)) {
      return ok({ changed: false, narrowedFrom: null });
    }
    const narrowedFrom = widerMode(read, ports.uid);
    // Without its target a link of the person's would lead nowhere.
    const deletes = kind === 'delete' && !target.linked;
    const bytes = kind === 'delete' ? Buffer.alloc(0) : change.value.bytes;
    if (!deletes && read?.bytes.equals(bytes) === true) {
      if (narrowedFrom !== null) await read.handle.chmod(MODE);
      return ok({ changed: false, narrowedFrom });
    }
    const done = deletes
      ? await deleteFile(target.path, read)
      : await replaceFile(target.path, read, bytes, ports);
    if (!done) return ok('changed meanwhile');
    await syncFolder(folder);
    return ok({ changed: true, narrowedFrom });
  } finally {
    await read?.handle.close();
  }
}

function widerMode(read: OpenTarget | null, uid: bigint | null): number | null {
  if (read === null || uid === null) return null;
  const mode = Number(read.stat.mode) & 0o777;
  return (mode & ~MODE) === 0 ? null : mode;
}

/** False when somebody else changed the file meanwhile. */
async function replaceFile(
  target: string,
  read: OpenTarget | null,
  bytes: Buffer,
  ports: FilePorts,
): Promise<boolean> {
  const { handle, name } = await createTemporary(target, ports);
  try {
    try {
      await handle.writeFile(bytes);
      // The umask can have taken bits away; it cannot have added any.
      await handle.chmod(MODE);
      await handle.sync();
    } finally {
      await handle.close();
    }
    if (!(await isUntouched(target, read))) {
      await unlink(name);
      return false;
    }
    await rename(name, target);
  } catch (error) {
    await unlink(name).catch(() => undefined);
    throw error;
  }
  return true;
}

async function deleteFile(target: string, read: OpenTarget | null): Promise<boolean> {
  if (!(await isUntouched(target, read))) return false;
  await unlink(target);
  return true;
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

/** Exclusive and without following: a file or link planted under the name is left alone. */
async function createTemporary(
  target: string,
  ports: FilePorts,
): Promise<{ handle: FileHandle; name: string }> {
  for (let tries = 1; ; tries += 1) {
    const name = temporaryName(target, ports.randomName());
    try {
      const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | NO_FOLLOW;
      return { handle: await open(name, flags, MODE), name };
    } catch (error) {
      if (errorCode(error) !== 'EEXIST' || tries === MAX_TRIES) throw error;
    }
  }
}

/** Removes what a crash left behind. Writes of one file are sequenced, so none of these is under way. */
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
