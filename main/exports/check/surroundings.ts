import { lstat, readdir, readFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import type { ExportId } from '../../../contract/ids.ts';
import { setByAssignment } from '../dialects/placement.ts';
import { namesOutside } from '../managed-block.ts';
import { COMPOSE_FILES, composeSets } from './compose-file.ts';
import { direnvUse, loadsDotenv, type DirenvUse, type Envrc } from './direnv.ts';
import { readersThatPrefer } from './env-files-beside.ts';

/** Larger files are not read. */
const MOST_BYTES = 1 << 20;
const MOST_FILES = 50;
/** What they are read as, whatever the format of ours. */
const ENV_LINES = { comment: '#', sets: setByAssignment } as const;

/** What another file sets, and which readers take it from there. */
export interface SetElsewhere {
  file: string;
  name: string;
  line: number;
  readers: string;
}

/** The text of a small ordinary file of whatever encoding, one character a byte; null for anything else. Leaves no trace of the read where it can. */
async function smallText(file: string): Promise<string | null> {
  try {
    const stat = await lstat(file);
    if (!stat.isFile() || stat.size > MOST_BYTES) return null;
    const unseen = stat.uid === process.getuid?.() ? ((constants.O_NOATIME as number | undefined) ?? 0) : 0;
    const handle = await open(file, constants.O_RDONLY | unseen);
    try {
      return await handle.readFile('latin1');
    } finally {
      await handle.close();
    }
  } catch {
    return null;
  }
}

/** Files in the same folder that set one of the names, for readers that prefer them. */
export async function setElsewhere(
  file: string,
  id: ExportId,
  names: readonly string[],
): Promise<SetElsewhere[]> {
  const folder = path.dirname(file);
  const found: SetElsewhere[] = [];
  const present = await readdir(folder).catch(() => []);
  for (const other of present.filter((name) => name.startsWith('.env')).slice(0, MOST_FILES)) {
    const readers = readersThatPrefer(other, path.basename(file));
    const text = readers === null ? null : await smallText(path.join(folder, other));
    if (readers === null || text === null) continue;
    for (const set of namesOutside(Buffer.from(text, 'latin1'), id, names, ENV_LINES))
      found.push({ file: path.join(folder, other), ...set, readers });
  }
  for (const other of present.filter((name) => COMPOSE_FILES.includes(name))) {
    const text = await smallText(path.join(folder, other));
    for (const set of text === null ? [] : composeSets(text, names))
      found.push({ file: path.join(folder, other), ...set, readers: 'Containers of docker compose' });
  }
  return found;
}

/** What direnv makes of the file. */
export async function direnvOf(file: string): Promise<DirenvUse | null> {
  const base = process.env['XDG_CONFIG_HOME'] ?? path.join(os.homedir(), '.config');
  const settings = await readFile(path.join(base, 'direnv', 'direnv.toml'), 'utf8').catch(() => '');
  return direnvUse(file, await nearestEnvrc(path.dirname(file)), loadsDotenv(settings));
}

/** direnv takes the nearest one upwards. */
async function nearestEnvrc(folder: string): Promise<Envrc | null> {
  for (let at = folder; ; at = path.dirname(at)) {
    const text = await smallText(path.join(at, '.envrc'));
    if (text !== null) return { path: path.join(at, '.envrc'), text };
    if (path.dirname(at) === at) return null;
  }
}
