import { randomBytes } from 'node:crypto';
import { lstat, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { DoctorFinding } from '../../contract/status.ts';
import { walkPath } from '../lib/path-steps.ts';
import { doubtsOf, thisPerson, type Doubt } from '../lib/step-owners.ts';
import { systemCode } from '../lib/system-code.ts';

/** About the size of a token set with the pages that SQLite writes along with it. */
const PROBE_BYTES = 64 * 1024;

/** The data folder: whether it is writable, by writing to it, and whether only this user controls its contents. */
export const dataFolderFinding = (home: string): Promise<DoctorFinding> =>
  folderFinding('data folder', home, home);

/** The log file; its folder is created with the first line. */
export async function logFinding(home: string): Promise<DoctorFinding> {
  const folder = path.join(home, 'logs');
  const isThere = await lstat(folder).then(
    () => true,
    () => false,
  );
  return folderFinding('log', isThere ? folder : home, path.join(folder, 'tokentray.log'));
}

async function folderFinding(check: string, folder: string, name: string): Promise<DoctorFinding> {
  const problem = (await ownerProblem(folder)) ?? (await writeProblem(folder));
  return problem === null ? { check, ok: true, message: name } : { check, ok: false, ...problem };
}

type Problem = Pick<DoctorFinding, 'message' | 'hint'>;

async function ownerProblem(folder: string): Promise<Problem | null> {
  const person = thisPerson();
  if (person === null) return null;
  try {
    const [doubt] = doubtsOf((await walkPath(folder))?.steps ?? [], person);
    return doubt === undefined ? null : words(folder, doubt);
  } catch {
    // The write test reports what is wrong.
    return null;
  }
}

function words(folder: string, doubt: Doubt): Problem {
  const { step } = doubt;
  switch (doubt.kind) {
    case 'no-owners':
      return {
        message: `${folder} is on a file system without owners (${doubt.type}): other users of this machine may be able to read and replace its contents.`,
        hint: 'Set TOKENTRAY_HOME to a folder on a disk of this system.',
      };
    case 'open':
      return {
        message: `Any user can rename the contents of ${step.path}, and so replace ${folder}.`,
        hint: `Prevent that: chmod o-w ${step.path}`,
      };
    case 'foreign':
    case 'team':
      return {
        message: `${step.path} belongs to another user, who could replace ${folder}.`,
        hint: 'Take ownership of it, or set TOKENTRAY_HOME to a folder of your own.',
      };
  }
}

const CAUSES: Readonly<Record<string, [what: string, hint: string]>> = {
  ENOSPC: ['its disk is full', 'Free some space. Tokentray then stores automatically what it could not.'],
  EDQUOT: [
    'your disk quota is used up',
    'Free some space. Tokentray then stores automatically what it could not.',
  ],
  EROFS: ['its disk is read-only', 'Mount it writable, or set TOKENTRAY_HOME to another folder.'],
  EACCES: ['permission denied', 'Give yourself write permission on the folder (chmod u+rwx).'],
  EPERM: ['the system does not permit it', 'Give yourself write permission on the folder (chmod u+rwx).'],
  ENOENT: ['it does not exist', 'Restore it, or restart Tokentray, which creates a new one.'],
  EIO: ['its disk reported an error', 'Check the disk.'],
};

async function writeProblem(folder: string): Promise<Problem | null> {
  const probe = path.join(folder, `.probe-${randomBytes(6).toString('hex')}`);
  try {
    await writeFile(probe, Buffer.alloc(PROBE_BYTES), { mode: 0o600, flag: 'wx', flush: true });
    return null;
  } catch (error) {
    const code = systemCode(error);
    const [what, hint] = CAUSES[code] ?? [`the system reported ${code}`, 'Check the folder and its disk.'];
    return { message: `Tokentray cannot write to ${folder}: ${what}.`, hint };
  } finally {
    await unlink(probe).catch(() => undefined);
  }
}
