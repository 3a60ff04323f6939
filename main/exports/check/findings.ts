import path from 'node:path';
import type { ExportCure, ExportFinding } from '../../../contract/export-check.ts';
import type { GitState } from '../git-state.ts';
import { ignoreRule } from '../git-state.ts';
import type { DirenvUse } from './direnv.ts';
import type { MountedIn } from './mounted-in.ts';

type Check = ExportFinding['check'];

export const fine = (check: Check, message: string): ExportFinding => ({
  check,
  ok: true,
  message,
  cure: null,
});

export const wrong = (
  check: Check,
  message: string,
  { hint, cure = null }: { hint?: string; cure?: ExportCure | null },
): ExportFinding => ({ check, ok: false, message, ...(hint !== undefined && { hint }), cure });

/** Pure: what git does with the file. `committed`: null where that is not known. */
export function gitFindings(file: string, state: GitState, committed: boolean | null): ExportFinding[] {
  const name = path.basename(file);
  const rule = ignoreRule(file);
  const findings: ExportFinding[] = [];
  if (state === 'tracked') {
    findings.push(
      wrong('git', `Git tracks ${name}: the token would be in the next commit.`, {
        hint: `Run “git rm --cached ${name}” in its folder; Tokentray then offers to add it to .gitignore.`,
      }),
    );
  } else if (state === 'not-ignored') {
    findings.push(
      wrong('git', `Git does not ignore ${name}, so “git add” would take it.`, {
        hint: `Add “${rule.line}” to ${rule.file}.`,
        cure: 'ignore',
      }),
    );
  } else if (state === 'ignored') findings.push(fine('git', `Git ignores ${name}.`));
  if (committed === true) {
    findings.push(
      wrong(
        'git',
        `A commit of this repository contains ${name}: whoever has the repository has what was in it then.`,
        {
          hint: 'Access tokens in it have expired by now or soon will; replace any API token or password that it held.',
        },
      ),
    );
  } else if (committed === null && state !== 'outside') {
    findings.push(fine('git', 'Not checked in all commits: the history is too long.'));
  }
  return findings;
}

/** Pure: who can read the file by its mode; access control lists count, because the group's bits are their mask (acl(5)). */
export function accessFinding(mode: number | null, shared: string | null): ExportFinding {
  if (shared !== null) return wrong('access', shared, { hint: 'Move the file to a folder of your own.' });
  if (mode === null) return fine('access', 'The file has the permissions of its folder.');
  const others = mode & 0o077;
  if (others === 0) return fine('access', 'Only you can read the file.');
  const who = (others & 0o007) === 0 ? 'Its group' : 'Other users';
  return wrong('access', `${who} can use the file (mode ${(mode & 0o777).toString(8)}).`, { cure: 'narrow' });
}

/** Pure. */
export function mountFindings(
  mounted: readonly MountedIn[],
  { keepsFile, isPipe }: { keepsFile: boolean; isPipe: boolean },
): ExportFinding[] {
  return mounted.flatMap(({ pid, point, old }) => {
    const where = `${point} of process ${String(pid)} (a container, or another set of mounts)`;
    if (old)
      return wrong(
        'mounted',
        `The file was replaced after it was mounted at ${where}, which still has the old one.`,
        {
          hint: keepsFile
            ? 'Restart the container once; from then on it sees every change.'
            : 'Let Tokentray write in place, then restart the container once; or mount the folder instead of the file.',
          cure: keepsFile || isPipe ? null : 'in-place',
        },
      );
    if (keepsFile || isPipe)
      return fine('mounted', `The file is mounted at ${where} and stays the same one.`);
    return wrong(
      'mounted',
      `The file is mounted at ${where}, which would keep the old one after the next write.`,
      {
        hint: 'Let Tokentray write in place, or mount the folder instead of the file.',
        cure: 'in-place',
      },
    );
  });
}

/** Pure. */
export function direnvFindings(file: string, use: DirenvUse | null): ExportFinding[] {
  const name = path.basename(file);
  switch (use?.kind) {
    case undefined:
      return [];
    case 'is-envrc':
      return [
        wrong('direnv', 'direnv blocks .envrc after every write, until you run “direnv allow”.', {
          hint: 'Write to a file such as .env.tokentray instead, and put this line into .envrc: dotenv_if_exists .env.tokentray',
        }),
      ];
    case 'is-rc':
      return [
        wrong(
          'direnv',
          'Your direnv loads .env directly (load_dotenv), and blocks it after every write until you run “direnv allow”.',
          {
            hint: `Create an .envrc in that folder with this line, and allow it once: dotenv ${name}`,
          },
        ),
      ];
    case 'follows':
      return [fine('direnv', `direnv loads it again when it changes (${use.envrc}).`)];
    case 'keeps-old':
      return [
        wrong(
          'direnv',
          `${use.envrc}, line ${String(use.line)}, loads it without watching it: shells keep the old token.`,
          {
            hint: `Add this line above it, and run “direnv allow”: watch_file ${name}`,
          },
        ),
      ];
  }
}
