import path from 'node:path';
import process from 'node:process';

const TIME_LIMIT_MS = 2000;

/** Exit code of a command; null when it could not be run or took too long. */
export type RunGit = (args: readonly string[], cwd: string) => Promise<number | null>;

/** Runs git without a shell, and without settings that the app inherited or a repository's file-watcher hook. */
const runGit: RunGit = async (args, cwd) => {
  // Loaded on first use, so that the start does not wait for it.
  const { execFile } = await import('node:child_process');
  return new Promise((resolve) => {
    const env = Object.fromEntries(
      Object.entries(process.env).filter(([name]) => !name.toUpperCase().startsWith('GIT_')),
    );
    const child = execFile(
      'git',
      ['-c', 'core.fsmonitor=false', ...args],
      { cwd, env: { ...env, GIT_OPTIONAL_LOCKS: '0' }, timeout: TIME_LIMIT_MS, windowsHide: true },
      (error) => {
        if (error === null) resolve(0);
        else resolve(typeof error.code === 'number' ? error.code : null);
      },
    );
    child.stdin?.end();
  });
};

/** Signs that a file of secrets would get into a repository, each with what to do. None without git. */
export async function gitWarnings(file: string, git: RunGit = runGit): Promise<string[]> {
  const folder = path.dirname(file);
  const name = path.basename(file);
  if ((await git(['ls-files', '--error-unmatch', '--', literal(name)], folder)) === 0) {
    return [
      `Git tracks ${name}: the token would be in the next commit. Run “git rm --cached ${name}” and add “${ignoreLine(name)}” to ${path.join(folder, '.gitignore')}.`,
    ];
  }
  // 1: not ignored. 128: not in a repository.
  if ((await git(['check-ignore', '--quiet', '--', name], folder)) === 1) {
    return [`Git does not ignore ${name}. Add “${ignoreLine(name)}” to ${path.join(folder, '.gitignore')}.`];
  }
  return [];
}

const literal = (name: string): string => `:(literal)${name}`;

/** The .gitignore line for exactly this file beside it. */
const ignoreLine = (name: string): string =>
  `/${name.replace(/[\\*?[]/g, String.raw`\$&`).replace(/ +$/, (spaces) => '\\ '.repeat(spaces.length))}`;
