import path from 'node:path';
import { gitState, ignoreRule, runGit, type RunGit } from './git-state.ts';

/** Signs that a file of secrets would get into a repository, each with what to do. None without git. */
export async function gitWarnings(file: string, git: RunGit = runGit): Promise<string[]> {
  const name = path.basename(file);
  const ignore = ignoreRule(file);
  switch (await gitState(file, git)) {
    case 'tracked':
      return [
        `Git tracks ${name}: the token would be in the next commit. Run “git rm --cached ${name}” and add “${ignore.line}” to ${ignore.file}.`,
      ];
    case 'not-ignored':
      return [`Git does not ignore ${name}. Add “${ignore.line}” to ${ignore.file}.`];
    case 'ignored':
    case 'outside':
      return [];
  }
}
