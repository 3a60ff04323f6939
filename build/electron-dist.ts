import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './bundle.ts';

/** The program in an Electron distribution, by platform. */
const PROGRAMS: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
};

const programIn = (folder: string): string => path.join(folder, PROGRAMS[process.platform] ?? 'electron');

/** The folder of an Electron distribution on this machine; null where there is none. Downloads nothing. */
export function electronDist(): string | null {
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  const folders = [...(override ? [override] : []), path.join(ROOT, 'node_modules', 'electron', 'dist')];
  return folders.find((folder) => existsSync(programIn(folder))) ?? null;
}

/** The program of that distribution; null where there is none. */
export function electronProgram(): string | null {
  const folder = electronDist();
  return folder === null ? null : programIn(folder);
}

/** Where the fuses stand in Electron's binary (electron/docs/tutorial/fuses.md), all at their defaults. */
const FUSE_SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const FUSE_WIRE = '\x01\x0810110001';

/**
 * Makes a folder that has what the packager wants of a Linux distribution of Electron and whose program only says what
 * it is, so that everything about a package but Electron itself can be built and looked at where Electron is missing.
 */
export function writeStandInDist(folder: string, version: string): void {
  mkdirSync(path.join(folder, 'locales'), { recursive: true });
  mkdirSync(path.join(folder, 'resources'));
  const program = `#!/bin/sh
echo 'This package was made without Electron and cannot run.' >&2
exit 1
# ${FUSE_SENTINEL}${FUSE_WIRE}
`;
  writeFileSync(path.join(folder, 'electron'), program, { encoding: 'latin1', mode: 0o755 });
  writeFileSync(path.join(folder, 'chrome-sandbox'), '', { mode: 0o755 });
  writeFileSync(path.join(folder, 'version'), version);
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'locales/en-US.pak']) {
    writeFileSync(path.join(folder, name), 'Not Electron.\n');
  }
}
