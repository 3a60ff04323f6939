import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { READ_WITHOUT_WAITING } from '../lib/plain-file.ts';
import { fail, ok, type Result } from '../lib/result.ts';
import { foreignStep } from '../lib/step-owners.ts';
import { systemCode } from '../lib/system-code.ts';

/** Settings files of desktop programs reach a few hundred kilobytes; some keep a history in theirs. */
export const MAX_BYTES = 4 << 20;

/**
 * A file's text; null when there is none. Never waits, whatever is there, and reads no more than 4 MiB. `refused` when
 * it, a folder on the way or what a link leads to belongs to another user: somebody else's tokens must not become ours.
 */
export function readOthersFile(file: string): Result<string | null> {
  let descriptor: number;
  try {
    const foreign = foreignStep(file);
    if (foreign !== null)
      return fail(
        'refused',
        `${foreign === file ? 'It' : foreign} belongs to another user, so it was not read.`,
      );
    descriptor = openSync(file, READ_WITHOUT_WAITING);
  } catch (fault) {
    return MISSING.has(systemCode(fault))
      ? ok(null)
      : fail('io', `It cannot be read (${systemCode(fault)}).`);
  }
  try {
    if (!fstatSync(descriptor).isFile()) return fail('io', 'It is not a file.');
    const buffer = Buffer.alloc(Math.min(fstatSync(descriptor).size, MAX_BYTES) + 1);
    let size = 0;
    for (let read = -1; read !== 0 && size < buffer.length; size += read)
      read = readSync(descriptor, buffer, size, buffer.length - size, null);
    return size > MAX_BYTES
      ? fail('io', 'It is larger than 4 MiB, so it was not read.')
      : decode(buffer.subarray(0, size));
  } catch (fault) {
    return fail('io', `It cannot be read (${systemCode(fault)}).`);
  } finally {
    closeSync(descriptor);
  }
}

const MISSING: ReadonlySet<string> = new Set(['ENOENT', 'ENOTDIR']);

/** Editors on Windows write UTF-16 with a byte order mark. */
export function decode(bytes: Uint8Array): Result<string> {
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    if (!text.includes('\0')) return ok(text);
  } catch {
    // Falls through: it is no text.
  }
  return fail('io', 'It is not text in UTF-8 or UTF-16.');
}
