import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fail, ok, type Result } from './result.ts';
import { foreignStep } from './step-owners.ts';
import { systemCode } from './system-code.ts';

/** Writes a file that only its owner can read (it may hold a client secret), whole or not at all. */
export function writePrivately(file: string, text: string): Result<void> {
  const folder = dirname(file);
  const temporary = join(folder, `.${basename(file)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const foreign = foreignStep(folder);
    if (foreign !== null)
      return fail('refused', `${foreign} belongs to another user, who could change the file.`);
    const descriptor = openSync(temporary, 'wx', 0o600);
    try {
      writeSync(descriptor, text);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(temporary, file);
    return ok(undefined);
  } catch (fault) {
    removeIfThere(temporary);
    const code = systemCode(fault);
    return fail('io', `${file} cannot be written (${code}).`, 'Check the permissions of the folder.');
  }
}

/** Whatever stands in the way of that, what is reported is why the file could not be written. */
function removeIfThere(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // The folder is none.
  }
}
