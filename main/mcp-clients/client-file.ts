import { lstat, mkdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { targetOf, updateFile, type DecideChange } from '../exports/atomic-write.ts';
import { errorCode, fileFailure } from '../exports/file-failure.ts';
import { fail, failure, ok, type Result } from '../lib/result.ts';
import type { Located } from './locate.ts';

/** Claude Code keeps its history in the same file. */
const MAX_BYTES = 256n << 20n;
/** What these files hold is no secret of ours, so a shared folder is no reason to refuse; one open to everybody is. */
const OPTIONS = { allowShared: true, keepsMode: true, maxBytes: MAX_BYTES };

/** The bytes of a client's file; null when there is none. Fails as writing it would. */
export async function readClientFile({ file, base }: Located): Promise<Result<Buffer | null>> {
  let bytes: Buffer | null = null;
  const read = await updateFile(
    file,
    (current) => {
      bytes = current;
      return ok({ kind: 'keep' });
    },
    OPTIONS,
  );
  if (!read.ok && read.error.code === 'not-found' && (await isFolder(base))) return ok(null);
  return read.ok ? ok(bytes) : read;
}

/** Replaces the file; missing folders below `base` are created for it. */
export async function updateClientFile({ file, base }: Located, decide: DecideChange): Promise<Result<void>> {
  if (!(await isFolder(base)))
    return fail('not-found', `The folder ${base} does not exist.`, 'Check the path, then try again.');
  try {
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  } catch (error) {
    const known = fileFailure(error, path.dirname(file));
    if (known === null) throw error;
    return failure(known);
  }
  const updated = await updateFile(file, decide, OPTIONS);
  return updated.ok ? ok(undefined) : updated;
}

/** Where the file is kept as it was before our first entry: beside it. */
export async function backupOf(file: string): Promise<Result<string>> {
  const target = await targetOf(file);
  if (!target.ok) return target;
  const backup = `${target.value}.tokentray-backup`;
  // A project may come with a link of that name, which would be followed.
  const isOther = await lstat(backup).then(
    (found) => !found.isFile(),
    (error: unknown) => errorCode(error) !== 'ENOENT',
  );
  return isOther
    ? fail(
        'refused',
        `${backup}, where the backup belongs, is not an ordinary file.`,
        'Move it away, then try again.',
      )
    : ok(backup);
}

/** The backup; null when there is none. */
export const readBackup = async (backup: string): Promise<Result<Buffer | null>> =>
  readClientFile({ file: backup, base: path.dirname(backup), scope: 'user' });

/** Writes the backup, for its owner only; null removes it. */
export async function writeBackup(backup: string, bytes: Buffer | null): Promise<Result<void>> {
  const written = await updateFile(
    backup,
    () => ok(bytes === null ? { kind: 'delete' } : { kind: 'write', bytes }),
    { allowShared: true, maxBytes: MAX_BYTES },
  );
  return written.ok ? ok(undefined) : written;
}

const isFolder = (folder: string): Promise<boolean> =>
  lstat(folder).then(
    (found) => found.isDirectory() || found.isSymbolicLink(),
    () => false,
  );

/** The bytes of a file that is only looked at, such as a read-only one; null when there is none. */
export async function bytesToList(file: string): Promise<Result<Buffer | null>> {
  try {
    const found = await stat(file);
    if (!found.isFile() || found.size > Number(MAX_BYTES))
      return fail('refused', `${file} is not an ordinary file, or is too large.`);
    return ok(await readFile(file));
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '')) return ok(null);
    const known = fileFailure(error, file);
    if (known === null) throw error;
    return failure({ ...known, message: `${file} cannot be read (${errorCode(error) ?? ''}).` });
  }
}
