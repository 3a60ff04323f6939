import { readFile, readlink } from 'node:fs/promises';
import path from 'node:path';
import type { ProcessFacts, Processes } from './ports.ts';

/** Ticks a second of the times in /proc/PID/stat: the same on every system that Linux runs on (proc_pid_stat(5)). */
const TICKS = 100;
const DELETED = ' (deleted)';
/** Where bash, and dash and zsh, keep the script that they read. */
const SCRIPT_DESCRIPTORS = ['255', '10', '11'];
/** As much as is looked at. */
const MAX_ARGUMENTS = 200;

/** What /proc tells (proc(5)). */
export function linuxProcesses(root = '/proc'): Processes {
  const read = (pid: number, file: string): Promise<string | null> =>
    readFile(path.join(root, String(pid), file), 'utf8').catch(() => null);
  const link = (pid: number | 'self', file: string): Promise<string | null> =>
    readlink(path.join(root, String(pid), file)).catch(() => null);

  return {
    async look(pid) {
      const [stat, uptime, cmdline, exe, folder, mounts, ownMounts, ...scripts] = await Promise.all([
        read(pid, 'stat'),
        readFile(path.join(root, 'uptime'), 'utf8').catch(() => null),
        read(pid, 'cmdline'),
        link(pid, 'exe'),
        link(pid, 'cwd'),
        link(pid, 'ns/mnt'),
        link('self', 'ns/mnt'),
        ...SCRIPT_DESCRIPTORS.map((descriptor) => link(pid, `fd/${descriptor}`)),
      ]);
      const known = stat === null ? null : parseStat(stat);
      // A zombie has ended, and only waits for its parent to notice.
      if (known === null || known.state === 'Z') return null;
      const seconds = uptime === null ? NaN : Number(uptime.split(' ', 1)[0]);
      return {
        pid,
        parent: known.parent,
        started: String(known.startTicks),
        ageMs: Number.isNaN(seconds) ? null : (seconds - known.startTicks / TICKS) * 1000,
        name: known.name,
        executable: exe === null ? null : withoutEnd(exe, DELETED),
        argv: (cmdline ?? '').replace(/\0$/, '').split('\0', MAX_ARGUMENTS),
        folder: folder === null ? null : withoutEnd(folder, DELETED),
        session: known.session,
        contained: mounts !== null && mounts !== ownMounts,
        scripts: scripts.filter(
          (file) => file?.startsWith('/') === true && !file.startsWith('/dev/'),
        ) as string[],
      } satisfies ProcessFacts;
    },
    async searchPath(pid) {
      const entries = (await read(pid, 'environ'))?.split('\0');
      return entries?.find((entry) => entry.startsWith('PATH='))?.slice('PATH='.length) ?? null;
    },
  };
}

/** The name may contain spaces and parentheses, so what follows is counted from its last one. Pure. */
export function parseStat(
  text: string,
): { name: string; state: string; parent: number; session: number; startTicks: number } | null {
  const open = text.indexOf('(');
  const close = text.lastIndexOf(')');
  if (open < 0 || close < open) return null;
  const [state = '', parent, , session, ...rest] = text.slice(close + 2).split(' ');
  // Field 22; `rest` begins with field 7.
  const startTicks = Number(rest[15]);
  if (parent === undefined || session === undefined || !Number.isFinite(startTicks)) return null;
  return {
    name: text.slice(open + 1, close),
    state,
    parent: Number(parent),
    session: Number(session),
    startTicks,
  };
}

const withoutEnd = (text: string, end: string): string =>
  text.endsWith(end) ? text.slice(0, -end.length) : text;
