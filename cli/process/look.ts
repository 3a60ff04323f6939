import { lstatSync, readlinkSync, realpathSync, type Stats } from 'node:fs';
import type { Look } from '../../contract/socket-trust.ts';

export const look: Look = (file) => {
  try {
    const found = lstatSync(file, { throwIfNoEntry: false });
    if (found === undefined) return 'absent';
    const facts = { uid: found.uid, mode: found.mode & 0o7777, kind: kindOf(found) };
    return facts.kind === 'link' ? { ...facts, target: readlinkSync(file) } : facts;
  } catch (fault) {
    const { code } = fault as NodeJS.ErrnoException;
    return code === 'ENOTDIR' ? 'absent' : 'hidden';
  }
};

function kindOf(found: Stats): 'folder' | 'link' | 'socket' | 'other' {
  if (found.isDirectory()) return 'folder';
  if (found.isSymbolicLink()) return 'link';
  return found.isSocket() ? 'socket' : 'other';
}

export function realPath(file: string): string | null {
  try {
    return realpathSync.native(file);
  } catch {
    return null;
  }
}
