import { readlinkSync, statSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';

/** A program that has a file open. */
export interface Opener {
  pid: number;
  program: string;
}

/**
 * Which programs have this very file open for reading, as far as `/proc` (proc_pid_fd(5)) shows: on Linux only, and processes of this
 * user only. Without this process and `except`.
 */
export async function openersOf(
  { dev, ino }: { dev: bigint; ino: bigint },
  name: string,
  except: readonly number[] = [],
): Promise<Opener[]> {
  if (process.platform !== 'linux') return [];
  const openers: Opener[] = [];
  for (const entry of await readdir('/proc').catch(() => [])) {
    const pid = Number(entry);
    if (!Number.isInteger(pid) || pid === process.pid || except.includes(pid)) continue;
    const folder = `/proc/${entry}/fd`;
    // Of another user, or gone.
    const open = await readdir(folder).catch(() => []);
    const numbers = open.filter((number) => isOpen(`${folder}/${number}`, name, dev, ino));
    const reads = await Promise.all(numbers.map((number) => isForReading(entry, number)));
    if (reads.includes(true)) openers.push({ pid, program: programOf(entry) });
  }
  return openers;
}

function isOpen(link: string, name: string, dev: bigint, ino: bigint): boolean {
  try {
    // Cheaper than to look at each: most are something else.
    const target = readlinkSync(link).replace(/ \(deleted\)$/, '');
    if (path.basename(target) !== name) return false;
    const stat = statSync(link, { bigint: true });
    return stat.dev === dev && stat.ino === ino;
  } catch {
    return false;
  }
}

/** `O_WRONLY` and `O_PATH` do not read. */
async function isForReading(pid: string, number: string): Promise<boolean> {
  const info = await readFile(`/proc/${pid}/fdinfo/${number}`, 'utf8').catch(() => '');
  const flags = Number.parseInt(/^flags:\s+([0-7]+)/m.exec(info)?.[1] ?? '', 8);
  return Number.isInteger(flags) && (flags & 0o3) !== 1 && (flags & 0o10000000) === 0;
}

function programOf(pid: string): string {
  try {
    return path.basename(readlinkSync(`/proc/${pid}/exe`)).replace(/ \(deleted\)$/, '');
  } catch {
    return 'a program';
  }
}
