import type { Context } from './context.ts';
import { done, failed, type Outcome } from './outcome.ts';

/** The part of a request that says whose file is meant: the person's, or that of the project in the current folder. */
export function folderFor(
  { cwd }: Pick<Context, 'cwd'>,
  project: boolean,
): Outcome<{ scope: 'user' } | { scope: 'project'; folder: string }> {
  if (!project) return done({ scope: 'user' });
  return cwd === null
    ? failed('failed', 'The current folder no longer exists.', 'Change to the project’s folder (cd).')
    : done({ scope: 'project', folder: cwd });
}
