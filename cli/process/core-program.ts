import path from 'node:path';
import { CORE_NODE_FLAGS } from '../../contract/core-process.ts';
import type { Context } from '../context.ts';

/**
 * The program that starts the core. In a package (electron-builder.yml), where the command line is beside the app's
 * archive, it is the desktop app; in a checkout, the browser host under this same Node. `folder` is the command line's own.
 */
export function coreProgram(
  folder: string,
  platform: string,
  node: string,
  exists: (file: string) => boolean,
): Context['serve'] {
  const resources = path.join(folder, '..');
  if (exists(path.join(resources, 'app.asar'))) {
    const program = path.join(resources, '..', desktopProgram(platform));
    return { host: 'electron', program, args: [], file: program };
  }
  const file = path.join(resources, 'main', 'serve.js');
  return { host: 'browser', program: node, args: [...CORE_NODE_FLAGS, file], file };
}

/** Relative to the folder that contains the package's resources. */
function desktopProgram(platform: string): string {
  if (platform === 'darwin') return 'MacOS/Tokentray';
  return platform === 'win32' ? 'Tokentray.exe' : 'tokentray-app';
}
