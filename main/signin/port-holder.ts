import { execFile } from 'node:child_process';
import { readdir, readFile, readlink } from 'node:fs/promises';
import path from 'node:path';
import { cleanText } from '../lib/clean-text.ts';
import type { FindHolder } from './redirect-check.ts';

/** Runs a program; null if it fails. */
type Run = (program: string, args: readonly string[]) => Promise<string | null>;

const TIME_LIMIT_MS = 1500;
const LONGEST_NAME = 80;
/** TCP_LISTEN, as /proc/net/tcp has it (proc_net(5)). */
const LISTENING = '0A';

/** Of the user’s own processes on Linux and macOS; others hide theirs, and Windows is not asked. */
export const portHolder =
  (platform: string): FindHolder =>
  (port) => {
    if (platform === 'linux') return onLinux(port);
    return platform === 'darwin' ? onMac(port, runProgram) : Promise.resolve(null);
  };

async function onLinux(port: number): ReturnType<FindHolder> {
  const tables = await Promise.all(
    ['tcp', 'tcp6'].map((name) => readFile(`/proc/net/${name}`, 'utf8').catch(() => '')),
  );
  const sockets = new Set(
    tables.flatMap((table) => listeningInodes(table, port)).map((inode) => `socket:[${inode}]`),
  );
  if (sockets.size === 0) return null;
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  for (const pid of pids) {
    const descriptors = await readdir(`/proc/${pid}/fd`).catch(() => []);
    for (const descriptor of descriptors) {
      const target = await readlink(`/proc/${pid}/fd/${descriptor}`).catch(() => '');
      if (!sockets.has(target)) continue;
      return holderCalled(await programOf(pid), Number(pid));
    }
  }
  return null;
}

/** By its file: a process may name its threads as it likes. */
async function programOf(pid: string): Promise<string> {
  const file = await readlink(`/proc/${pid}/exe`).catch(() => '');
  return file === ''
    ? (await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '')).trim()
    : path.basename(file);
}

/** The inodes of sockets that listen on a port, from /proc/net/tcp or tcp6. Pure. */
export function listeningInodes(table: string, port: number): string[] {
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return table.split('\n').flatMap((line) => {
    const [, local, , state, , , , , , inode] = line.trim().split(/\s+/);
    return local?.endsWith(wanted) === true && state === LISTENING && inode !== undefined ? [inode] : [];
  });
}

const runProgram: Run = (program, args) =>
  new Promise((resolve) => {
    execFile(program, args, { timeout: TIME_LIMIT_MS, env: { LC_ALL: 'C' } }, (fault, stdout) => {
      resolve(fault === null ? stdout : null);
    });
  });

async function onMac(port: number, run: Run): ReturnType<FindHolder> {
  const listed = await run('/usr/sbin/lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc']);
  return listed === null ? null : holderInLsof(listed);
}

/** The first process of what `lsof -Fpc` lists. Pure. */
export function holderInLsof(listed: string): { name: string; pid: number } | null {
  const pid = /^p(\d+)$/m.exec(listed)?.[1];
  const name = /^c(.+)$/m.exec(listed)?.[1];
  return pid === undefined || name === undefined ? null : holderCalled(name, Number(pid));
}

/** Whoever makes a program names it: cleaned like any stranger's text. Null if nothing is left. Pure. */
export function holderCalled(given: string, pid: number): { name: string; pid: number } | null {
  const name = cleanText(given, LONGEST_NAME);
  return name === '' ? null : { name, pid };
}
