import { readFile } from 'node:fs/promises';
import { updateFile } from '../exports/atomic-write.ts';
import { errorCode } from '../exports/file-failure.ts';
import { fail, ok, type Result } from '../lib/result.ts';

/** Settings of git hold no secret of ours, so a shared folder is no reason to refuse. */
const OPTIONS = { allowShared: true, keepsMode: true };

/** What is in a file, each byte as one character; null when there is none. */
export async function bytesOf(file: string): Promise<Result<string | null>> {
  try {
    return ok(await readFile(file, 'latin1'));
  } catch (fault) {
    const code = errorCode(fault);
    if (code === 'ENOENT' || code === 'ENOTDIR') return ok(null);
    if (code === null) throw fault;
    return fail('io', `${file} cannot be read (${code}).`, 'Check who may read it.');
  }
}

/** Writes a file if it still is what it was; null deletes it. */
export async function replaceFile(file: string, before: string, after: string | null): Promise<Result<void>> {
  const written = await updateFile(
    file,
    (current) => {
      if (current?.toString('latin1') !== before) return fail('conflict', `${file} was changed meanwhile.`);
      return ok(after === null ? { kind: 'delete' } : { kind: 'write', bytes: Buffer.from(after, 'latin1') });
    },
    OPTIONS,
  );
  return written.ok ? ok(undefined) : written;
}
