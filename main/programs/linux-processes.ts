import { readFile, readlink } from 'node:fs';
import path from 'node:path';
import type { ProcessFacts, Processes } from './ports.ts';

/** Ticks a second of the times in /proc/PID/stat: the same on every system that Linux runs on (proc_pid_stat(5)). */
const TICKS = 100;
const DELETED = ' (deleted)';
/** Where bash, and dash and zsh, keep the script that they read. */
const SCRIPT_DESCRIPTORS = ['255', '10', '11'];
/** As much as is looked at. */
const MAX_ARGUMENTS = 200;

/** With callbacks, because promises would take twice as long, and there are dozens for each program that asks. */
const read = (file: string): Promise<string | null> =>
  new Promise((resolve) => {
    readFile(file, 'utf8', (fault, text) => {
      resolve(fault === null ? text : null);
    });
  });
const link = (file: string): Promise<string | null> =>
  new Promise((resolve) => {
    readlink(file, (fault, target) => {
      resolve(fault === null ? target : null);
    });
  });

/** What /proc tells (proc(5)). */
export function linuxProcesses(root = '/proc'): Processes {
  const fileOf = (pid: number | 'self', name: string): string => path.join(root, String(pid), name);
  const ownMounts = link(fileOf('self', 'ns/mnt'));

  async function began(pid: number): Promise<number | null> {
    const text = await read(fileOf(pid, 'stat'));
    const stat = text === null ? null : parseStat(text);
    // A zombie has ended, and only waits for its parent to notice.
    return stat === null || stat.state === 'Z' ? null : stat.beganMs;
  }

  async function scriptsOf(pid: number, executable: string | null): Promise<string[]> {
    if (executable === null || !executable.endsWith('sh')) return [];
    const files = await Promise.all(SCRIPT_DESCRIPTORS.map((each) => link(fileOf(pid, `fd/${each}`))));
    return files.filter((file) => file !== null).filter((file) => /^\/(?!dev\/)/.test(file));
  }

  return {
    began,
    async look(pid) {
      const [text, cmdline, exe, folder, mounts] = await Promise.all([
        read(fileOf(pid, 'stat')),
        read(fileOf(pid, 'cmdline')),
        link(fileOf(pid, 'exe')),
        link(fileOf(pid, 'cwd')),
        link(fileOf(pid, 'ns/mnt')),
      ]);
      const stat = text === null ? null : parseStat(text);
      if (stat === null || stat.state === 'Z') return null;
      const executable = exe === null ? null : withoutEnd(exe, DELETED);
      return {
        pid,
        ...{ parent: stat.parent, beganMs: stat.beganMs, name: stat.name, session: stat.session },
        executable,
        argv: (cmdline ?? '').replace(/\0$/, '').split('\0', MAX_ARGUMENTS),
        folder: folder === null ? null : withoutEnd(folder, DELETED),
        contained: mounts !== null && mounts !== (await ownMounts),
        scripts: await scriptsOf(pid, executable),
      } satisfies ProcessFacts;
    },
    async nowMs() {
      const seconds = Number((await read(path.join(root, 'uptime')))?.split(' ', 1)[0]);
      return Number.isNaN(seconds) ? null : seconds * 1000;
    },
    async searchPath(pid) {
      const entries = (await read(fileOf(pid, 'environ')))?.split('\0');
      return entries?.find((entry) => entry.startsWith('PATH='))?.slice('PATH='.length) ?? null;
    },
  };
}

/** The name may contain spaces and parentheses, so what follows is counted from its last one. Pure. */
export function parseStat(
  text: string,
): { name: string; state: string; parent: number; session: number; beganMs: number } | null {
  const open = text.indexOf('(');
  const close = text.lastIndexOf(')');
  if (open < 0 || close < open) return null;
  const [state = '', parent, , session, ...rest] = text.slice(close + 2).split(' ');
  // Field 22; `rest` begins with field 7.
  const ticks = Number(rest[15]);
  if (parent === undefined || session === undefined || !Number.isFinite(ticks)) return null;
  return {
    name: text.slice(open + 1, close),
    state,
    parent: Number(parent),
    session: Number(session),
    beganMs: (ticks / TICKS) * 1000,
  };
}

const withoutEnd = (text: string, end: string): string =>
  text.endsWith(end) ? text.slice(0, -end.length) : text;
