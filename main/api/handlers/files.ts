import { existsSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { expandTilde } from '../../../contract/paths.ts';
import { homeFolder } from '../../lib/home-folder.ts';
import { fail, ok } from '../../lib/result.ts';
import type { Handlers } from '../dispatcher.ts';
import type { Services } from '../services.ts';

type FileCalls = Extract<keyof Handlers, `files.${string}`>;

/** What is being typed is no path yet. */
function fullPath(near: string | undefined): string | undefined {
  if (near === undefined) return undefined;
  const expanded = expandTilde(near.trim(), { platform: process.platform, homedir: homeFolder() });
  return expanded !== null && path.isAbsolute(expanded) ? path.normalize(expanded) : undefined;
}

const noDesktop = () => fail('unsupported', 'Only the desktop app can do this.');

/** What only a desktop has; the window gives no path but that which a dialog begins with. */
export const fileHandlers = ({ host, exports }: Services): Pick<Handlers, FileCalls> => ({
  'files.choose': async ({ what, near }) => {
    if (host.desktop === undefined) return noDesktop();
    const chosen = await host.desktop.choosePath(what, fullPath(near));
    return chosen.ok ? ok({ path: chosen.value }) : chosen;
  },
  'files.show': ({ export: id }) => {
    if (host.desktop === undefined) return noDesktop();
    const file = exports.list().find((other) => other.id === id)?.file;
    if (file === undefined) return fail('not-found', 'This env file is no longer kept up to date.');
    if (!existsSync(file)) return fail('not-found', `${file} is not there.`, 'Write it now, then try again.');
    host.desktop.showInFolder(file);
    return ok({});
  },
});
