import type { PathStep } from '../lib/path-steps.ts';
import { assertNever, fail, ok, type Result } from '../lib/result.ts';
import { doubtsOf, type Person } from '../lib/step-owners.ts';

/**
 * Whether a file may be written by way of these steps. `refused` when other users can add or replace files in one
 * of them; `shared-folder` when they can too, but people do share folders like that and `allowShared` is not set. With
 * `allowShared` gives a warning for the user instead; null when there is nothing to warn about.
 */
export function checkSteps(
  steps: readonly PathStep[],
  person: Person | null,
  allowShared: boolean,
): Result<string | null> {
  if (person === null) return ok(null);
  const doubts = doubtsOf(steps, person);
  const worst = doubts.find(({ kind }) => kind === 'foreign' || kind === 'open') ?? doubts[0];
  if (worst === undefined) return ok(null);
  const { path: where, stat } = worst.step;
  switch (worst.kind) {
    case 'foreign':
      return stat.isSymbolicLink()
        ? fail(
            'refused',
            `${where} is a symbolic link that belongs to another user.`,
            'Remove it, or choose another file.',
          )
        : fail(
            'refused',
            `The folder ${where} belongs to another user.`,
            'Choose a file in a folder of your own.',
          );
    case 'open':
      return fail(
        'refused',
        `Every user can write to the folder ${where}.`,
        `Remove that permission (chmod o-w), or choose another folder.`,
      );
    case 'team':
      return shared(
        `The folder ${where} belongs to another user and is shared with a group whose members can replace the file.`,
        allowShared,
      );
    case 'no-owners':
      return shared(withoutOwners(where, worst.type), allowShared);
    default:
      return assertNever(worst);
  }
}

/** The message for a file system on which no file can be protected from other users. */
export const withoutOwners = (where: string, type: string | null): string =>
  `${where} is on a file system without owners${type === null ? '' : ` (${type})`}: every user of this machine may be able to read the file, including the token.`;

/** Allowed only if the user asked for it; the message is then a warning. */
export const shared = (message: string, allowed: boolean): Result<string> =>
  allowed
    ? ok(message)
    : fail('shared-folder', message, 'Choose another folder, or confirm that you want to use this one.');
