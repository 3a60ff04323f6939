import path from 'node:path';
import type { Failure } from '../contract/errors.ts';
import { expandTilde } from '../contract/paths.ts';
import type { Context } from './context.ts';
import { done, type Outcome } from './outcome.ts';

/** A path from the command line, made absolute. Every such path must go through this function. */
export function givenPath({ paths, cwd }: Pick<Context, 'paths' | 'cwd'>, given: string): Outcome<string> {
  const expanded = expandTilde(given, paths);
  if (expanded === null) return { ok: false, error: /^~[^/\\]/.test(given) ? tilde(given) : noHome(given) };
  if (cwd === null && !path.isAbsolute(expanded)) return { ok: false, error: NO_FOLDER };
  return done(path.resolve(cwd ?? '/', expanded));
}

/** Why the data folder cannot be determined from the environment, or null. */
export function noDataFolder({ paths, cwd }: Pick<Context, 'paths' | 'cwd'>): Failure | null {
  const { env, homedir, platform } = paths;
  const configured = env['TOKENTRAY_HOME'];
  if (configured) {
    const found = givenPath({ paths, cwd }, configured);
    if (found.ok) return null;
    return { ...found.error, message: `TOKENTRAY_HOME: ${found.error.message}` };
  }
  const elsewhere = platform === 'win32' ? env['APPDATA'] : env['XDG_CONFIG_HOME'];
  if (homedir !== '' || (elsewhere && path.isAbsolute(elsewhere))) return null;
  return {
    code: 'failed',
    message: 'There is no home folder: HOME is not set, and the system has none for this user.',
    hint: 'Set HOME, or set TOKENTRAY_HOME to a folder of your own.',
  };
}

const tilde = (given: string): Failure => ({
  code: 'usage',
  message: `"${given}" begins with the short form of another user's home folder, which only a shell can expand.`,
  hint: `Write the full path, or "./${given}" for a folder with that name.`,
});

const noHome = (given: string): Failure => ({
  code: 'failed',
  message: `"${given}" is in your home folder, but there is none: HOME is not set, and the system has none for this user.`,
  hint: 'Set HOME, or write the full path.',
});

const NO_FOLDER: Failure = {
  code: 'failed',
  message: 'The current folder no longer exists, so a relative path cannot be used.',
  hint: 'Change to another folder (cd), or use an absolute path.',
};
