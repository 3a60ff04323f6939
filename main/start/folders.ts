import path from 'node:path';
import process from 'node:process';
import { dataFolder, sandboxFolder, socketPath, type PathEnvironment } from '../../contract/paths.ts';
import { homeFolder } from '../lib/home-folder.ts';

/** What this process was given that determines where its data is. */
export const processEnvironment = (): PathEnvironment => ({
  platform: process.platform,
  env: process.env,
  homedir: homeFolder(),
  uid: process.getuid?.() ?? null,
});

export interface Folders {
  /** The person's data folder, absolute. */
  base: string;
  /** The data folder of this start: `base`, or the sandbox's inside it. */
  home: string;
  /** The address that the core of `home` answers at. */
  socket: string;
}

export function startFolders(environment: PathEnvironment, sandbox: boolean): Folders {
  const base = path.resolve(dataFolder(environment));
  const home = sandbox ? sandboxFolder(base, environment.platform) : base;
  return { base, home, socket: socketPath(home, environment) };
}
