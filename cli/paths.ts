import path from 'node:path';
import type { Failure } from '../contract/errors.ts';
import { expandTilde } from '../contract/paths.ts';
import type { Context } from './context.ts';
import { done, type Outcome } from './outcome.ts';

/** A path that a person gave, made absolute. The only way that one may be used. */
export function givenPath({ paths, cwd }: Pick<Context, 'paths' | 'cwd'>, given: string): Outcome<string> {
  const expanded = expandTilde(given, paths);
  if (expanded === null) return { ok: false, error: tilde(given) };
  if (cwd === null && !path.isAbsolute(expanded)) return { ok: false, error: NO_FOLDER };
  return done(path.resolve(cwd ?? '/', expanded));
}

/** Why the data folder cannot be told from our surroundings, or null. */
export function noDataFolder({ paths, cwd }: Pick<Context, 'paths' | 'cwd'>): Failure | null {
  const { env, homedir, platform } = paths;
  const chosen = env['TOKENTRAY_HOME'];
  if (chosen) {
    const found = givenPath({ paths, cwd }, chosen);
    if (found.ok) return null;
    return { ...found.error, message: `TOKENTRAY_HOME: ${found.error.message}` };
  }
  const elsewhere = platform === 'win32' ? env['APPDATA'] : env['XDG_CONFIG_HOME'];
  if (homedir !== '' || (elsewhere && path.isAbsolute(elsewhere))) return null;
  return {
    code: 'failed',
    message: 'There is no home folder: HOME is not set, and the system knows none for this user.',
    hint: 'Set HOME, or TOKENTRAY_HOME to a folder of yours.',
  };
}

const tilde = (given: string): Failure => ({
  code: 'usage',
  message: `"${given}" begins with another user's home in a shell's short form, which only a shell can expand.`,
  hint: `Write the whole path, or "./${given}" for a folder of that name.`,
});

const NO_FOLDER: Failure = {
  code: 'failed',
  message: 'The current folder does not exist any more, so a relative path leads nowhere.',
  hint: 'Change to another folder (cd), or give an absolute path.',
};
