import { lstatSync, readlinkSync, realpathSync } from 'node:fs';
import { lookWith } from '../../contract/look.ts';

export const look = lookWith({
  lstat: (file) => lstatSync(file, { throwIfNoEntry: false }),
  readlink: (file) => readlinkSync(file),
});

export function realPath(file: string): string | null {
  try {
    return realpathSync.native(file);
  } catch {
    return null;
  }
}
