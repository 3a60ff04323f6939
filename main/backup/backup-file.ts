import { stat } from 'node:fs/promises';
import path from 'node:path';
import { updateFile } from '../exports/atomic-write.ts';
import { readPlainFile } from '../lib/plain-file.ts';
import { fail, ok, type Result } from '../lib/result.ts';
import { systemCode } from '../lib/system-code.ts';

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
    await stat(file);
    return exists(file);
  } catch (fault) {
    const code = systemCode(fault);
    return code === 'ENOENT'
      ? ok(undefined)
      : fail(
          'io',
          `Nothing can be written to ${file}: ${code}.`,
          'Check the path, or choose another folder.',
        );
  }
}

/** Fails with `not-found`, `invalid-input` or `io`. Never waits, whatever is there. */
export async function readBackupFile(file: string): Promise<Result<Uint8Array>> {
  const content = await readPlainFile(file, MAX_BYTES);
  if (content.ok) return ok(new Uint8Array(content.value));
  switch (content.error.kind) {
    case 'missing':
      return fail('not-found', `There is no file ${file}.`);
    case 'not-a-file':
      return fail('invalid-input', `${file} is not a file.`);
    case 'too-large':
      return fail('invalid-input', `${file} is too large to be a backup.`);
    case 'unreadable':
      return fail('io', `${file} cannot be read: ${content.error.code}.`, 'Check that it is yours to read.');
  }
}
