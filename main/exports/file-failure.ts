import type { Failure } from '../../contract/errors.ts';

const CODES: Readonly<Record<string, (path: string) => [message: string, hint: string]>> = {
  ENOSPC: (path) => [
    `The disk is full: ${path} was not written.`,
    'Free some space; Tokentray tries again automatically.',
  ],
  EDQUOT: (path) => [
    `Your disk quota is used up: ${path} was not written.`,
    'Free some space; Tokentray tries again automatically.',
  ],
  EROFS: (path) => [`${path} is on a read-only file system.`, 'Choose a file somewhere else.'],
  EACCES: (path) => [
    `Permission denied: ${path}.`,
    'Give yourself write permission on the file and its folder.',
  ],
  EPERM: (path) => [
    `The system does not allow writing to ${path}.`,
    'Give yourself write permission on the file and its folder.',
  ],
  EIO: (path) => [
    `The disk reported an error for ${path}.`,
    'Check the disk; Tokentray tries again automatically.',
  ],
  EBUSY: (path) => [`${path} is in use or is a mount point.`, 'Choose a file in an ordinary folder.'],
  EXDEV: (path) => [
    `${path} is a mount point and cannot be replaced atomically.`,
    'Choose a file in an ordinary folder.',
  ],
  ENAMETOOLONG: (path) => [`The name of ${path} is too long.`, 'Choose a shorter name.'],
  ENOTDIR: (path) => [`A part of ${path} is a file, not a folder.`, 'Check the path.'],
  ELOOP: (path) => [`The symbolic links from ${path} form a loop.`, 'Check where they point.'],
};

/** The system's name for what went wrong, such as `ENOENT`; null when the error is no system error but a bug. */
export const errorCode = (error: unknown): string | null =>
  error instanceof Error && 'syscall' in error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : null;

/** A failure of code `io` for what the system said of a file; null when it was not the system. */
export function fileFailure(error: unknown, path: string): Failure | null {
  const code = errorCode(error);
  if (code === null) return null;
  const known = CODES[code]?.(path);
  if (known === undefined)
    return { code: 'io', message: `${path} was not written: the system reported ${code}.` };
  return { code: 'io', message: known[0], hint: known[1] };
}
