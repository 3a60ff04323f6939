import { readdir, readFile, readlink } from 'node:fs/promises';
import process from 'node:process';
import { mountedAs, parseMounts, placeInFileSystem, type Mount } from './mounts.ts';

/** A set of mounts other than ours, such as a container's, in which the file itself is mounted. */
export interface MountedIn {
  /** Some process that is in it. */
  pid: number;
  point: string;
  /** What is mounted is a former file of that name. */
  old: boolean;
}

/** The mounts of this process; empty where the system does not list them. */
export const ownMounts = async (): Promise<Mount[]> =>
  process.platform === 'linux' ? parseMounts(await readText('/proc/self/mountinfo')) : [];

/** Where else a file is mounted by its own name, as far as `/proc` shows: processes of this user only. */
export async function mountedIn(file: string, own: readonly Mount[]): Promise<MountedIn[]> {
  const place = placeInFileSystem(own, file);
  if (place === null) return [];
  const seen = new Set([await namespaceOf('self')]);
  const found: MountedIn[] = [];
  for (const entry of await readdir('/proc').catch(() => [])) {
    if (!/^\d+$/.test(entry)) continue;
    const namespace = await namespaceOf(entry);
    if (namespace === null || seen.has(namespace)) continue;
    seen.add(namespace);
    const mounted = mountedAs(parseMounts(await readText(`/proc/${entry}/mountinfo`)), place);
    if (mounted !== null) found.push({ pid: Number(entry), ...mounted });
  }
  return found;
}

/** Null for a process that is gone, or of another user. */
const namespaceOf = (pid: string): Promise<string | null> =>
  readlink(`/proc/${pid}/ns/mnt`).catch(() => null);

const readText = (file: string): Promise<string> => readFile(file, 'utf8').catch(() => '');
