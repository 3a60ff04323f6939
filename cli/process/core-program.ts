import path from 'node:path';
import type { Context } from '../context.ts';

/**
 * V8 would wake up every 8 s to see whether an idle heap can shrink; the core's is small. What the start left in a larger
 * young generation would stay in memory for good; a small one costs `get` nothing.
 */
const NODE_FLAGS = [
  '--disable-warning=ExperimentalWarning',
  '--no-memory-reducer',
  '--max-semi-space-size=1',
];

/**
 * What starts the core: in a package (electron-builder.yml), where the command line lies beside the app's archive, the
 * desktop app; in a checkout the browser host under this very Node. `folder` is the command line's own.
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
  return { host: 'browser', program: node, args: [...NODE_FLAGS, file], file };
}

/** Relative to the folder that holds the package's resources. */
function desktopProgram(platform: string): string {
  if (platform === 'darwin') return 'MacOS/Tokentray';
  return platform === 'win32' ? 'Tokentray.exe' : 'tokentray-app';
}
