import { lstat } from 'node:fs/promises';

const TIME_LIMIT_MS = 5000;

/**
 * Makes a named pipe that only this user can open. Node has no call for it, so the system's program does it (POSIX mkfifo). Throws what the
 * system says, as the functions of `fs` do.
 */
export async function makePipe(file: string): Promise<void> {
  const { execFile } = await import('node:child_process');
  const failed = await new Promise<{ code: string } | null>((resolve) => {
    const env = { PATH: '/usr/bin:/bin', LC_ALL: 'C' };
    execFile('mkfifo', ['-m', '600', file], { env, timeout: TIME_LIMIT_MS }, (error, _out, text) => {
      if (error === null) resolve(null);
      else resolve({ code: typeof error.code === 'string' ? error.code : codeIn(text) });
    });
  });
  if (failed === null) return;
  // Somebody was faster.
  const code = (await lstat(file).catch(() => null)) === null ? failed.code : 'EEXIST';
  throw Object.assign(new Error(`mkfifo failed (${code})`), { code, syscall: 'mkfifo' });
}

const codeIn = (text: string): string => TEXTS.find(([pattern]) => pattern.test(text))?.[1] ?? 'EIO';

/** What strerror says in the C locale. */
const TEXTS: readonly [RegExp, string][] = [
  [/permission denied/i, 'EACCES'],
  [/not permitted|not supported/i, 'EPERM'],
  [/no space/i, 'ENOSPC'],
  [/quota/i, 'EDQUOT'],
  [/read-only/i, 'EROFS'],
  [/too long/i, 'ENAMETOOLONG'],
  [/no such file/i, 'ENOENT'],
];
