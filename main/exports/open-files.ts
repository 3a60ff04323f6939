import { readlinkSync } from 'node:fs';
import { readdir, readFile, readlink, stat } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { setImmediate as nextTurn } from 'node:timers/promises';

/** Links that are read without a pause: some programs have many thousands of files open. */
const LINKS_AT_ONCE = 500;

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
    const numbers = await named(folder, open, name);
    const reads = await Promise.all(
      numbers.map(
        async (number) =>
          (await isSame(`${folder}/${number}`, dev, ino)) && (await isForReading(entry, number)),
      ),
    );
    if (reads.includes(true)) openers.push({ pid, program: await programOf(entry) });
  }
  return openers;
}

/** Those whose file has this name: cheaper than to look at each, as most are something else. */
async function named(folder: string, numbers: readonly string[], name: string): Promise<string[]> {
  const found: string[] = [];
  for (const [at, number] of numbers.entries()) {
    if (at % LINKS_AT_ONCE === LINKS_AT_ONCE - 1) await nextTurn();
    try {
      // The kernel knows what it says: no file system is asked, which could keep everything waiting.
      const target = readlinkSync(`${folder}/${number}`).replace(/ \(deleted\)$/, '');
      if (path.basename(target) === name) found.push(number);
    } catch {
      // Closed meanwhile.
    }
  }
  return found;
}

async function isSame(link: string, dev: bigint, ino: bigint): Promise<boolean> {
  const found = await stat(link, { bigint: true }).catch(() => null);
  return found?.dev === dev && found.ino === ino;
}

/** `O_WRONLY` and `O_PATH` do not read. */
async function isForReading(pid: string, number: string): Promise<boolean> {
  const info = await readFile(`/proc/${pid}/fdinfo/${number}`, 'utf8').catch(() => '');
  const flags = Number.parseInt(/^flags:\s+([0-7]+)/m.exec(info)?.[1] ?? '', 8);
  return Number.isInteger(flags) && (flags & 0o3) !== 1 && (flags & 0o10000000) === 0;
}

async function programOf(pid: string): Promise<string> {
  const program = await readlink(`/proc/${pid}/exe`).catch(() => null);
  return program === null ? 'a program' : path.basename(program).replace(/ \(deleted\)$/, '');
}
