import type { BigIntStats } from 'node:fs';
import { open } from 'node:fs/promises';
import { READ_WITHOUT_WAITING } from '../../lib/plain-file.ts';
import { fail, ok, type Result } from '../../lib/result.ts';
import { foreignStep, thisPerson } from '../../lib/step-owners.ts';

/** More than any key needs. */
const MAX_BYTES = 4096;

/**
 * Reads a file with a key. A file of root's may be readable by others, as Docker and Kubernetes mount secrets, since
 * only what runs in the container sees it; one's own may not. Nobody else may own or change a step of the way to it.
 * Fails with `keychain-missing`.
 */
export async function readSecretFile(file: string): Promise<Result<Buffer>> {
  try {
    const foreign = foreignStep(file);
    if (foreign !== null)
      return untrusted(
        foreign,
        'belongs to another user',
        'Have it owned by root or by the user that runs Tokentray.',
      );
    const handle = await open(file, READ_WITHOUT_WAITING);
    try {
      const stat = await handle.stat({ bigint: true });
      if (!stat.isFile()) return untrusted(file, 'is not a file', 'Give the path of the file itself.');
      const doubt = modeDoubt(stat, thisPerson()?.uid ?? null);
      if (doubt !== null) return untrusted(file, doubt.what, doubt.cure(file));
      const buffer = Buffer.alloc(MAX_BYTES + 1);
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, 0);
      if (bytesRead > MAX_BYTES)
        return untrusted(file, 'is larger than 4 KiB', 'A key is a single short line: check the path.');
      return ok(buffer.subarray(0, bytesRead));
    } finally {
      await handle.close();
    }
  } catch (fault) {
    if (!(fault instanceof Error && 'code' in fault && 'syscall' in fault)) throw fault;
    const code = String(fault.code);
    return fail(
      'keychain-missing',
      `The file ${file} with the store’s key cannot be read: ${code === 'ENOENT' ? 'there is none' : code}.`,
      'Check that the secret is mounted, and that the user that runs Tokentray may read it.',
    );
  }
}

interface ModeDoubt {
  what: string;
  cure: (file: string) => string;
}

/** Why a file’s owner or mode is no place for a key; null if they are fine. `uid` null: there are no owners here. Pure. */
export function modeDoubt(
  { uid: owner, mode }: Pick<BigIntStats, 'uid' | 'mode'>,
  uid: bigint | null,
): ModeDoubt | null {
  if (uid === null) return null;
  if (owner !== 0n && owner !== uid)
    return {
      what: 'belongs to another user',
      cure: () => 'Have it owned by root or by the user that runs Tokentray.',
    };
  if ((mode & 0o022n) !== 0n)
    return { what: 'can be changed by other users', cure: (file) => `Run: chmod go-w ${file}` };
  if (owner !== 0n && (mode & 0o077n) !== 0n)
    return { what: 'can be read by other users', cure: (file) => `Run: chmod 600 ${file}` };
  return null;
}

const untrusted = (file: string, what: string, hint: string): Result<never> =>
  fail('keychain-missing', `The store’s key is not taken from ${file}: it ${what}.`, hint);
