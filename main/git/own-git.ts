import path from 'node:path';
import process from 'node:process';
import { dataFolder } from '../../contract/paths.ts';
import type { Connections } from '../connections/ports.ts';
import type { Fetch } from '../lib/bounded-fetch.ts';
import type { Clock } from '../lib/clock.ts';
import { homeFolder } from '../lib/home-folder.ts';
import { checkoutOf } from '../mcp-clients/helper-command.ts';
import type { ProviderRegistry } from '../providers/ports.ts';
import type { Store } from '../store/ports.ts';
import { createCredentialHelper, type CredentialHelperOptions } from './credential-helper.ts';
import { createGitInstalls } from './git-installs.ts';
import type { Git } from './ports.ts';
import { runGit } from './run-git.ts';
import { createUserNames } from './user-names.ts';

export interface OwnGitOptions {
  store: Store;
  registry: ProviderRegistry;
  connections: Connections;
  fetch: Fetch;
  boundTo: CredentialHelperOptions['boundTo'];
  /** The data folder. */
  home: string;
  sandbox: boolean;
  clock: Clock;
}

/** The git of the person whose process this is. */
export function ownGit(options: OwnGitOptions): Git {
  const { store, registry, connections, fetch, boundTo, home, sandbox, clock } = options;
  const { platform, env } = process;
  return {
    credential: createCredentialHelper({
      ...{ store, registry, connections, boundTo },
      userNames: createUserNames(registry, fetch),
    }),
    installs: createGitInstalls({
      store,
      targets: { connections, registry },
      surroundings: { git: runGit, env, home: homeFolder() },
      helper: { command: ownCommand(), home: unusualHome(home, sandbox), sandbox, platform },
      clock,
    }),
  };
}

/** Null in an AppImage, which is at another place at each start. */
function ownCommand(): readonly string[] | null {
  const checkout = checkoutOf(import.meta.dirname);
  if (checkout !== null) return [checkout.node, checkout.file];
  const { resourcesPath } = process as { resourcesPath?: string };
  if (resourcesPath === undefined || process.env['APPIMAGE'] !== undefined) return null;
  return [path.join(resourcesPath, 'bin', process.platform === 'win32' ? 'tokentray.cmd' : 'tokentray')];
}

/** The person's data folder where `TOKENTRAY_HOME` set it: git may run without that. */
function unusualHome(home: string, sandbox: boolean): string | null {
  const own = sandbox ? path.dirname(home) : home;
  const { TOKENTRAY_HOME: _, ...env } = process.env;
  const usual = dataFolder({
    ...{ platform: process.platform, env, homedir: homeFolder() },
    uid: process.getuid?.() ?? null,
  });
  return path.resolve(usual) === path.resolve(own) ? null : own;
}
