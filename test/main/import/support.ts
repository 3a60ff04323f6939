import type { Candidate, Note } from '../../../main/import/candidate.ts';
import { isCloudSite } from '../../../main/import/cloud-site.ts';
import type { Source } from '../../../main/import/source.ts';
import type { Surroundings } from '../../../main/import/surroundings.ts';

export const HOME = '/home/ana';
export const FOLDER = '/home/ana/project';
/** 1 December 2026. */
export const NOW = Date.UTC(2026, 11, 1);

export interface World {
  /** Text by absolute path. */
  files?: Readonly<Record<string, string>>;
  /** Secret by `service/account`. */
  keychain?: Readonly<Record<string, string>>;
  env?: Readonly<Record<string, string>>;
  file?: string;
  platform?: NodeJS.Platform;
}

/** What a source finds in a home that exists only here, and what it notes. */
export async function findIn(source: Source, world: World): Promise<{ found: Candidate[]; notes: Note[] }> {
  const { files = {}, keychain = {}, env = {}, file = null, platform = 'linux' } = world;
  const notes: Note[] = [];
  const surroundings: Surroundings = {
    home: HOME,
    configHome: `${HOME}/.config`,
    platform,
    env,
    folder: FOLDER,
    file,
    now: NOW,
    isCloudSite: (address) => isCloudSite(address, null),
    read: (path) => (Object.hasOwn(files, path) ? (files[path] ?? null) : null),
    list: (folder) => [
      ...new Set(
        Object.keys(files)
          .filter((path) => path.startsWith(`${folder}/`))
          .map((path) => path.slice(folder.length + 1).split('/')[0] ?? ''),
      ),
    ],
    keychain: (service, account) => Promise.resolve(keychain[`${service}/${account}`] ?? null),
    note: (place, message, clear) => notes.push({ place, message, clear: clear ?? null }),
  };
  return { found: await source.find(surroundings), notes };
}

/** A candidate without what most rows do not ask for. */
export const brief = ({ provider, methods, address, username, secret, grant }: Candidate): object => ({
  provider,
  method: methods[0],
  address,
  username,
  secret,
  ...(grant === null ? {} : { grant }),
});
