import { open } from 'node:fs/promises';
import path from 'node:path';
import { updateFile } from '../exports/atomic-write.ts';
import { fail, ok, type Result } from '../lib/result.ts';

const MAX_BYTES = 256 * 1024 * 1024;

/** Writes the file completely or not at all, with mode 0600. `conflict` if there is one and `overwrite` is false. */
export async function writeBackupFile(
  file: string,
  bytes: Uint8Array,
  overwrite: boolean,
): Promise<Result<void>> {
  const written = await updateFile(
    file,
    (current) =>
      current === null || overwrite ? ok({ kind: 'write', bytes: Buffer.from(bytes) }) : exists(file),
    // Nobody can read it without the passphrase.
    { allowShared: true },
  );
  return written.ok ? ok(undefined) : written;
}

const exists = (file: string): Result<never> =>
  fail('conflict', `${file} already exists, so nothing was written.`, 'Choose another name, or use --force.');

/** Fails early, before anybody waits for the encryption. */
export async function checkBackupPath(file: string, overwrite: boolean): Promise<Result<void>> {
  if (!path.isAbsolute(file))
    return fail('invalid-input', 'The path of the backup is not absolute.', 'Give the full path.');
  if (overwrite) return ok(undefined);
  try {
    await (await open(file, 'r')).close();
    return exists(file);
  } catch (fault) {
    return fault instanceof Error && 'code' in fault && fault.code === 'ENOENT'
      ? ok(undefined)
      : exists(file);
  }
}

export async function readBackupFile(file: string): Promise<Result<Uint8Array>> {
  try {
    const handle = await open(file, 'r');
    try {
      const stat = await handle.stat();
      if (!stat.isFile()) return fail('invalid-input', `${file} is not a file.`);
      if (stat.size > MAX_BYTES) return fail('invalid-input', `${file} is too large to be a backup.`);
      return ok(new Uint8Array(await handle.readFile()));
    } finally {
      await handle.close();
    }
  } catch (fault) {
    if (!(fault instanceof Error && 'code' in fault && 'syscall' in fault)) throw fault;
    return fault.code === 'ENOENT'
      ? fail('not-found', `There is no file ${file}.`)
      : fail('io', `${file} cannot be read: ${String(fault.code)}.`, 'Check that it is yours to read.');
  }
}
