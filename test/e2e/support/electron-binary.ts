import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { ROOT } from './app.ts';

const EXECUTABLES: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
};

/** Where Electron's binary is on this machine; null where it is not. Downloads nothing. */
export function electronBinary(): string | null {
  const folder = path.join(ROOT, 'node_modules/electron');
  const named = path.join(folder, 'path.txt');
  const executable = existsSync(named)
    ? readFileSync(named, 'utf8').trim()
    : (EXECUTABLES[process.platform] ?? 'electron');
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  const folders = [...(override === undefined ? [] : [override]), path.join(folder, 'dist')];
  return folders.map((each) => path.join(each, executable)).find((file) => existsSync(file)) ?? null;
}
