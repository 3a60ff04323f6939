import { z } from 'zod';
import { CallerFolder, COMMAND_LINE, ConnectionRef, define, EVERYONE } from './define-call.ts';
import { Failure } from './errors.ts';
import { GitInstallView, GitScope } from './git.ts';

/** Absolute path of a file of settings that takes the place of git's usual one. */
const SettingsFile = z.string().min(1).max(5000).optional();

const place = () =>
  z.strictObject({
    /** A host, an address, or a connection that opens git somewhere. */
    target: z.string().min(1).max(20_000),
    /** Absent: `global`. */
    scope: GitScope.optional(),
    /** The repository, for `local`. */
    folder: CallerFolder,
    /** For `global`. */
    file: SettingsFile,
  });

/** Calls about git: what its credential helper is asked, and where it is installed. */
export const GIT_CALLS = {
  'git.credential': define(
    'Answers a question of git’s to its credential helper, in git’s own words',
    COMMAND_LINE,
    () =>
      z.strictObject({
        /** `get`, `store` or `erase`; anything else is nothing to us. */
        operation: z.string().max(100),
        /** As git wrote them: lines of `key=value` (git-credential(1)). */
        attributes: z.string().max(100_000),
        /** Only this one, where it opens the host. */
        connection: ConnectionRef.optional(),
        folder: CallerFolder,
      }),
    () =>
      z.object({
        /** To be written as they are; empty: nothing to say, so that git asks its next helper. */
        attributes: z.string(),
        /** What the person should know. */
        failure: Failure.nullable(),
      }),
  ),
  'git.installs': define(
    'Where git asks Tokentray: in the person’s settings, and in repositories where it was installed',
    EVERYONE,
    () => z.strictObject({}),
    () => z.object({ installs: z.array(GitInstallView) }),
  ),
  'git.install': define(
    'Makes git ask Tokentray for the credentials of a host, in its settings',
    EVERYONE,
    place,
    () => z.object({ install: GitInstallView, changed: z.boolean() }),
  ),
  'git.uninstall': define('Removes from git’s settings what `git.install` wrote', EVERYONE, place, () =>
    z.object({ file: z.string(), url: z.string() }),
  ),
} as const;
