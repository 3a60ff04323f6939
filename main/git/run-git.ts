import process from 'node:process';

export interface GitOutput {
  code: number;
  stdout: string;
  stderr: string;
}

/** Null: there is no git, or it took too long. */
export type RunGit = (args: readonly string[], folder?: string) => Promise<GitOutput | null>;

const TIME_LIMIT_MS = 10_000;

/** Runs git without a shell, and without what the app inherited of settings for git. */
export const runGit: RunGit = async (args, folder) => {
  // Loaded on first use, so that the start does not wait for it.
  const { execFile } = await import('node:child_process');
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.toUpperCase().startsWith('GIT_')),
  );
  return new Promise((resolve) => {
    const child = execFile(
      'git',
      [...args],
      { cwd: folder, env: { ...env, LC_ALL: 'C' }, timeout: TIME_LIMIT_MS, windowsHide: true },
      (error, stdout, stderr) => {
        if (error === null) resolve({ code: 0, stdout, stderr });
        else resolve(typeof error.code === 'number' ? { code: error.code, stdout, stderr } : null);
      },
    );
    child.stdin?.end();
  });
};
