import { lstatSync, readlinkSync, realpathSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import type { Failure } from '../../contract/errors.ts';
import { lookWith } from '../../contract/look.ts';
import { distrustSocket } from '../../contract/socket-trust.ts';

/** Why the local socket of a data folder cannot be trusted, or null. Checked before connecting and before listening. */
export function distrust(socket: string, home: string): Failure | null {
  const uid = process.getuid?.() ?? null;
  return distrustSocket({ home, socket, realFolder: realPath(path.dirname(socket)), uid }, look);
}

const look = lookWith({
  lstat: (file) => lstatSync(file, { throwIfNoEntry: false }),
  readlink: (file) => readlinkSync(file),
});

function realPath(file: string): string | null {
  try {
    return realpathSync.native(file);
  } catch {
    return null;
  }
}
