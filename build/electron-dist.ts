import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './bundle.ts';

/** The npm package, in whose folder `dist` Electron is unpacked. */
export const ELECTRON_PACKAGE = path.join(ROOT, 'node_modules', 'electron');

/** The program in an Electron distribution, by platform. */
const PROGRAMS: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
};

const programIn = (folder: string): string => path.join(folder, PROGRAMS[process.platform] ?? 'electron');

/**
 * Whether the package's Electron was unpacked to its end, and is of the package's version. As `isInstalled` of
 * electron/install.js, which writes `path.txt` last.
 */
export function isUnpacked(electronPackage: string): boolean {
  const dist = path.join(electronPackage, 'dist');
  try {
    const { version } = JSON.parse(readFileSync(path.join(electronPackage, 'package.json'), 'utf8')) as {
      version: string;
    };
    const unpacked = readFileSync(path.join(dist, 'version'), 'utf8').trim().replace(/^v/, '');
    return (
      unpacked === version &&
      existsSync(path.join(electronPackage, 'path.txt')) &&
      existsSync(programIn(dist))
    );
  } catch {
    return false;
  }
}

/** The folder of an Electron distribution on this machine; null where there is none. Downloads nothing. */
export function electronDist(): string | null {
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (override && existsSync(programIn(override))) return path.resolve(override);
  return isUnpacked(ELECTRON_PACKAGE) ? path.join(ELECTRON_PACKAGE, 'dist') : null;
}

/** The program of that distribution; null where there is none. */
export function electronProgram(): string | null {
  const folder = electronDist();
  return folder === null ? null : programIn(folder);
}

/** Marks the fuses in Electron's binary (electron/docs/tutorial/fuses.md), all at their defaults. */
const FUSE_SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const FUSE_WIRE = '\x01\x0810110001';

/**
 * Makes a folder that has what the packager wants of a Linux distribution of Electron and whose program only prints
 * that, so that everything about a package except Electron itself can be built and checked where Electron is missing.
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
