import { execFile } from 'node:child_process';
import type { ProcessFacts, Processes } from './ports.ts';

/** Runs a program; null if it fails. */
export type Run = (program: string, args: readonly string[]) => Promise<string | null>;

const TIME_LIMIT_MS = 2000;

const runProgram: Run = (program, args) =>
  new Promise((resolve) => {
    execFile(program, args, { timeout: TIME_LIMIT_MS, env: { LC_ALL: 'C' } }, (fault, stdout) => {
      resolve(fault === null ? stdout : null);
    });
  });

/** What ps(1) and lsof(8) tell. They number no sessions. */
export function macProcesses(run: Run = runProgram): Processes {
  const ask = (pid: number): Promise<string | null> =>
    run('/bin/ps', ['-ww', '-o', 'ppid=,lstart=,comm=', '-p', String(pid)]);
  return {
    async look(pid) {
      const [known, args, files] = await Promise.all([
        ask(pid),
        run('/bin/ps', ['-ww', '-o', 'args=', '-p', String(pid)]),
        run('/usr/sbin/lsof', ['-a', '-p', String(pid), '-d', 'cwd', '-Fn']),
      ]);
      return known === null ? null : parsePs(pid, known, args, files);
    },
    async began(pid) {
      const known = await ask(pid);
      return known === null ? null : (parsePs(pid, known, null, null)?.beganMs ?? null);
    },
    // It begins in whole seconds.
    nowMs: () => Promise.resolve(Date.now()),
    searchPath: () => Promise.resolve(null),
  };
}

const LINE = /^\s*(?<parent>\d+)\s+(?<began>\w{3}\s+\w{3}\s+\d+\s+[\d:]+\s+\d{4})\s+(?<file>.+?)\s*$/;

/** Pure. */
export function parsePs(
  pid: number,
  known: string,
  args: string | null,
  files: string | null,
): ProcessFacts | null {
  const { parent, began, file } = LINE.exec(known)?.groups ?? {};
  if (parent === undefined || began === undefined || file === undefined) return null;
  const executable = file.startsWith('/') ? file : null;
  return {
    pid,
    parent: Number(parent),
    // In this machine's time zone, as `Date` reads it.
    beganMs: Date.parse(began),
    name: file.replace(/^.*\//, '').replace(/^-/, ''),
    executable,
    argv: argumentsOf(file, args?.trim() ?? ''),
    folder: /^n(\/.*)$/m.exec(files ?? '')?.[1] ?? null,
    session: null,
    contained: false,
    scripts: [],
  };
}

/** ps writes them with spaces between, so a path with spaces in it is taken apart: its program is then only known by name. Pure. */
function argumentsOf(file: string, args: string): string[] {
  const rest = args.startsWith(file) ? args.slice(file.length) : args.replace(/^\S+/, '');
  return [file, ...rest.split(' ').filter((word) => word !== '')];
}
