import path from 'node:path';
import process from 'node:process';

const TIME_LIMIT_MS = 2000;

/** How a command ended: its exit code, null when it could not be run or took too long, and what it printed. */
export type RunGit = (args: readonly string[], cwd: string) => Promise<{ code: number | null; out: string }>;

/** Runs git without a shell, and without settings that the app inherited or a repository's file-watcher hook. */
export const runGit: RunGit = async (args, cwd) => {
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
      (error, out) => {
        if (error === null) resolve({ code: 0, out });
        else resolve({ code: typeof error.code === 'number' ? error.code : null, out });
      },
    );
    child.stdin?.end();
  });
};

/** What git does with a file: `outside` any repository also where there is no git. */
export type GitState = 'tracked' | 'not-ignored' | 'ignored' | 'outside';

export async function gitState(file: string, git: RunGit = runGit): Promise<GitState> {
  const folder = path.dirname(file);
  const name = path.basename(file);
  if ((await git(['ls-files', '--error-unmatch', '--', literal(name)], folder)).code === 0) return 'tracked';
  const { code } = await git(['check-ignore', '--quiet', '--', name], folder);
  // 1: not ignored. 128: not in a repository.
  if (code === 1) return 'not-ignored';
  return code === 0 ? 'ignored' : 'outside';
}

/** Whether some commit has the file; null when that could not be found out within two seconds. */
export async function isCommitted(file: string, git: RunGit = runGit): Promise<boolean | null> {
  const args = ['log', '--all', '--max-count=1', '--format=%H', '--', literal(path.basename(file))];
  const { code, out } = await git(args, path.dirname(file));
  if (code === 0) return out.trim() !== '';
  return code === null ? null : false;
}

const literal = (name: string): string => `:(literal)${name}`;

/** The `.gitignore` beside a file, and the line in it for exactly this file. */
export function ignoreRule(file: string): { file: string; line: string } {
  const name = path
    .basename(file)
    .replace(/[\\*?[]/g, String.raw`\$&`)
    .replace(/ +$/, (spaces) => '\\ '.repeat(spaces.length));
  return { file: path.join(path.dirname(file), '.gitignore'), line: `/${name}` };
}
