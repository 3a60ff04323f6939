import { lstatSync, readlinkSync, realpathSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import type { Failure } from '../../contract/errors.ts';
import { distrustSocket, type Look } from '../../contract/socket-trust.ts';

/** Why the local socket of a data folder cannot be trusted, or null. Checked before connecting and before listening. */
export function distrust(socket: string, home: string): Failure | null {
  const uid = process.getuid?.() ?? null;
  return distrustSocket({ home, socket, realFolder: realPath(path.dirname(socket)), uid }, look);
}

const look: Look = (file) => {
  try {
    const found = lstatSync(file, { throwIfNoEntry: false });
    if (found === undefined) return 'absent';
    const kind = found.isDirectory()
      ? 'folder'
      : found.isSymbolicLink()
        ? 'link'
        : found.isSocket()
          ? 'socket'
          : 'other';
    const facts = { uid: found.uid, mode: found.mode & 0o7777, kind } as const;
    return kind === 'link' ? { ...facts, target: readlinkSync(file) } : facts;
  } catch (fault) {
    return fault instanceof Error && 'code' in fault && fault.code === 'ENOTDIR' ? 'absent' : 'hidden';
  }
};

function realPath(file: string): string | null {
  try {
    return realpathSync.native(file);
  } catch {
    return null;
  }
}
