import type { FlagSpec, PositionalSpec } from './command.ts';
import type { Context } from './context.ts';
import { done, failed, type Outcome } from './outcome.ts';

export const GIT_TARGET = {
  name: 'host',
  description: 'a host such as bitbucket.org, or a connection',
  required: true,
  completes: 'connections',
} as const satisfies PositionalSpec;

export const GIT_PLACE_OPTIONS = {
  global: { type: 'flag', description: 'In your own settings of git, for every repository; the default' },
  local: { type: 'flag', description: 'In the settings of the repository in this folder' },
} as const satisfies Record<string, FlagSpec>;

interface PlaceOptions {
  readonly global?: boolean;
  readonly local?: boolean;
}

/** Which of git's settings are meant, as the calls about them have it. */
export function gitPlace(
  target: string,
  { global, local }: PlaceOptions,
  { paths, cwd }: Pick<Context, 'paths' | 'cwd'>,
): Outcome<{ target: string; scope: 'global' | 'local'; folder?: string; file?: string }> {
  if (global && local) return failed('usage', 'Use either --global or --local.');
  if (local)
    return cwd === null
      ? failed('usage', 'The current folder no longer exists.', 'Change to the repository.')
      : done({ target, scope: 'local', folder: cwd });
  // As git itself takes it; the app may not have it in its environment.
  const file = paths.env['GIT_CONFIG_GLOBAL'];
  return done({ target, scope: 'global', ...(file && { file }) });
}
