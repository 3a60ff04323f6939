import { readdirSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { foreignStep } from '../lib/step-owners.ts';
import { homeFolder } from '../lib/home-folder.ts';
import type { Note } from './candidate.ts';
import { readOthersFile } from './read-file.ts';
import type { Surroundings } from './surroundings.ts';

/** More entries than the folders that are looked at ever have. */
const MOST_NAMES = 500;

/** This person's files and keychain. */
export function lookAround(given: {
  folder: string | null;
  file: string | null;
  now: number;
  keychain: Surroundings['keychain'];
  isCloudSite: (address: string) => boolean;
  note: (note: Note) => void;
}): Surroundings {
  const { folder, file, now, keychain, isCloudSite } = given;
  const { env, platform } = process;
  const home = homeFolder();
  const configured = env['XDG_CONFIG_HOME'];
  const note: Surroundings['note'] = (place, message, clear) => {
    given.note({ place, message, clear: clear ?? null });
  };
  return {
    home,
    configHome:
      configured !== undefined && path.isAbsolute(configured) ? configured : path.join(home, '.config'),
    platform,
    env,
    folder,
    file,
    now,
    isCloudSite,
    read: (wanted) => {
      if (!path.isAbsolute(wanted)) return null;
      const text = readOthersFile(wanted);
      if (text.ok) return text.value;
      note({ kind: 'file', path: wanted }, text.error.message);
      return null;
    },
    list: (wanted) => {
      try {
        if (!path.isAbsolute(wanted) || foreignStep(wanted) !== null) return [];
        return readdirSync(wanted).sort().slice(0, MOST_NAMES);
      } catch {
        return [];
      }
    },
    keychain,
    note,
  };
}
