import path from 'node:path';
import { walkPathSync } from '../lib/path-steps.ts';
import { doubtsOf, thisPerson, type Person } from '../lib/step-owners.ts';

/**
 * A folder or file on the way to a program in which any user of this machine could put another program in its place; null:
 * nobody could. The person's own and their team's are theirs to trust. Throws what the system says of a step.
 */
export function openPlace(program: string, person: Person | null = thisPerson()): string | null {
  const walk = person === null || !path.isAbsolute(program) ? null : walkPathSync(program);
  if (person === null || walk === null) return null;
  const doubts = doubtsOf(walk.steps, person);
  const open = doubts.find(({ kind }) => kind === 'open');
  if (open !== undefined) return open.step.path;
  // In a folder such as /tmp: whoever was the first to use its name.
  const strange = doubts.find(
    ({ kind, step }) =>
      kind === 'foreign' && walk.steps.some((each) => isParent(each.path, step.path) && isForAll(each.stat)),
  );
  const file = walk.steps.at(-1);
  const isWritable = file !== undefined && file.stat.isFile() && isForAll(file.stat);
  return (
    strange?.step.path ?? (isWritable && person.typeWithoutOwners(file.path) === null ? file.path : null)
  );
}

const isParent = (folder: string, file: string): boolean => folder === path.dirname(file) && folder !== file;

const isForAll = ({ mode }: { mode: bigint }): boolean => (mode & 0o002n) !== 0n;
