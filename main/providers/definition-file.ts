import { closeSync, fstatSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { READ_WITHOUT_WAITING } from '../lib/plain-file.ts';
import { fail, ok, type Result } from '../lib/result.ts';
import { foreignStep } from '../lib/step-owners.ts';
import { systemCode } from '../lib/system-code.ts';

export const MAX_FILE_BYTES = 1 << 20;

/** Whether a file in the folder of definitions is taken for one, by its name. */
export const isDefinitionFile = (name: string): boolean => /\.jsonc?$/i.test(name);

/**
 * The entries of a folder that are definitions by their name (`*.json`, `*.jsonc`), by full path, sorted; none when the
 * folder is not there. `refused` when another user could put them there.
 */
export function listDefinitionFiles(folder: string, isOne = isDefinitionFile): Result<string[]> {
  try {
    const foreign = foreignStep(folder);
    if (foreign !== null) return notOurs(folder, foreign, 'folder');
    const names = readdirSync(folder).filter(isOne);
    return ok(names.sort().map((name) => join(folder, name)));
  } catch (fault) {
    if (systemCode(fault) === 'ENOENT') return ok([]);
    return fail(
      'io',
      `The folder cannot be read (${systemCode(fault)}).`,
      'Make sure that it is a folder and that you may read it.',
    );
  }
}

/**
 * A file's text without byte order mark. Never waits, whatever is there, and never reads more than 1 MiB. `refused`
 * when another user could have written it: a definition says where a client secret is sent.
 */
export function readDefinitionFile(file: string): Result<string> {
  let descriptor: number;
  try {
    const foreign = foreignStep(file);
    if (foreign !== null) return notOurs(file, foreign, 'file');
    descriptor = openSync(file, READ_WITHOUT_WAITING);
  } catch (fault) {
    return unreadable(fault);
  }
  try {
    const stat = fstatSync(descriptor);
    if (!stat.isFile()) return fail('io', 'This is not a file.', 'Put the JSON file itself in its place.');
    const buffer = Buffer.alloc(MAX_FILE_BYTES + 1);
    let size = 0;
    for (let read = -1; read !== 0 && size < buffer.length; size += read)
      read = readSync(descriptor, buffer, size, buffer.length - size, null);
    if (size > MAX_FILE_BYTES)
      return fail('io', 'The file is larger than 1 MiB.', 'Keep only the fields of a provider definition.');
    return ok(buffer.toString('utf8', 0, size).replace(/^\uFEFF/, ''));
  } catch (fault) {
    return unreadable(fault);
  } finally {
    closeSync(descriptor);
  }
}

const notOurs = (asked: string, foreign: string, kind: 'file' | 'folder'): Result<never> =>
  fail(
    'refused',
    `${foreign === asked ? `The ${kind}` : foreign} belongs to another user, who could change it.`,
    `Put a ${kind} of your own in its place, then reload.`,
  );

const unreadable = (fault: unknown): Result<never> =>
  fail('io', `The file cannot be read (${systemCode(fault)}).`, 'Check its permissions, then reload.');
