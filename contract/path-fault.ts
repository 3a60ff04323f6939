import type { Failure } from './errors.ts';

/** From a root: of a Unix, of a drive, of a share; or in the person's home folder. */
const FULL = /^(?:\/|~(?:[/\\]|$)|[A-Za-z]:[\\/]|\\\\)/;

const fault = (message: string, hint: string): Failure => ({
  code: 'invalid-input',
  message,
  hint,
  field: 'file',
});

/** A NUL ends a path for the system, and nothing shows it. */
const shown = (path: string): string => path.replaceAll('\0', '');

/** Where a path begins at is not said. */
export const notFullPath = (path: string): Failure =>
  fault(
    `“${shown(path)}” is not a full path.`,
    'Give the full path, such as /home/ana/project/.env, or start from your home folder: ~/project/.env.',
  );

/** What is wrong with the path of a file as somebody typed it; null: nothing that can be seen without looking. */
export function pathFault(path: string): Failure | null {
  if (shown(path).trim() === '')
    return fault('No file is named.', 'Give its full path, such as ~/project/.env.');
  if (/^~[^/\\]+[/\\]/.test(path))
    return fault(
      `“${shown(path)}” is in the home folder of another user.`,
      'Give the full path, such as /home/ben/project/.env. For your own home folder: ~/project/.env.',
    );
  return !FULL.test(path) || path.includes('\0') ? notFullPath(path) : null;
}
