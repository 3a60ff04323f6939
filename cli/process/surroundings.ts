import { closeSync, constants, existsSync, openSync, readFileSync } from 'node:fs';
import type { Context } from '../context.ts';
import { callerEnvironment } from './caller-environment.ts';
import { look, realPath } from './look.ts';

/** What finds the app from this process: its environment, its folder, and the files around it. */
export type Surroundings = Pick<Context, 'paths' | 'cwd' | 'exists' | 'look' | 'realPath' | 'readText'>;

export const systemSurroundings = (): Surroundings => ({
  paths: {
    platform: process.platform,
    env: callerEnvironment(process.env),
    homedir: home(),
    uid: process.getuid?.() ?? null,
  },
  cwd: cwd(),
  exists: existsSync,
  look,
  realPath,
  readText,
});

function readText(name: string): string | null {
  try {
    // Without O_NONBLOCK, opening a FIFO would wait for a writer.
    const descriptor = openSync(
      name,
      constants.O_RDONLY | ((constants.O_NONBLOCK as number | undefined) ?? 0),
    );
    try {
      return readFileSync(descriptor, 'utf8');
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return null;
  }
}

/** The home folder, without loading `node:os` if the environment names it; empty if there is none. */
function home(): string {
  const { HOME } = process.env;
  if (HOME && process.platform !== 'win32') return HOME;
  const { homedir, userInfo } = process.getBuiltinModule('node:os');
  try {
    // `homedir` returns an empty HOME as it is.
    return homedir() || userInfo().homedir;
  } catch {
    // A user without an entry, as in containers.
    return '';
  }
}

function cwd(): string | null {
  try {
    return process.cwd();
  } catch {
    return null;
  }
}
