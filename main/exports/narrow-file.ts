import type { BigIntStats } from 'node:fs';
import process from 'node:process';
import { ok, type Result } from '../lib/result.ts';
import { errorCode } from './file-failure.ts';
import { shared, withoutOwners } from './shared-folder.ts';

/** What an export's file always has. */
export const MODE = 0o600;

/** Errors of chmod on a file system without modes. Others accept it and do nothing. */
const NO_MODES = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP']);

/**
 * Makes a file accessible to its owner only. `shared-folder` where that is impossible; a warning where that is allowed,
 * else null. `uid` null: its file system has no owners.
 */
export async function narrow(
  handle: { chmod(mode: number): Promise<void>; stat(): Promise<{ mode: number }> },
  target: string,
  { uid, allowShared }: { uid: bigint | null; allowShared: boolean },
): Promise<Result<string | null>> {
  try {
    // The umask can have taken bits away; it cannot have added any.
    await handle.chmod(MODE);
  } catch (error) {
    if (!NO_MODES.has(errorCode(error) ?? '')) throw error;
  }
  // Windows has modes in name only, and permissions that come with the folder.
  if (process.platform === 'win32') return ok(null);
  const { mode } = await handle.stat();
  if (uid !== null && (mode & 0o077) === 0) return ok(null);
  return shared(withoutOwners(target, null), allowShared);
}

/** Gives a new file the mode of the one that it replaces; for the group only if it is the same one. Always null. */
export async function keepMode(
  handle: { chmod(mode: number): Promise<void>; stat(): Promise<{ gid: number }> },
  { mode, gid }: Pick<BigIntStats, 'mode' | 'gid'>,
): Promise<null> {
  const isSameGroup = BigInt((await handle.stat()).gid) === gid;
  try {
    await handle.chmod(Number(mode) & (isSameGroup ? 0o777 : 0o707));
  } catch (error) {
    if (!NO_MODES.has(errorCode(error) ?? '')) throw error;
  }
  return null;
}
