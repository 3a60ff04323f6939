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

/** What ps(1) and lsof(8) tell. They do not tell sessions by number: the terminal's name stands for one. */
export function macProcesses(run: Run = runProgram): Processes {
  return {
    async look(pid) {
      const [known, args, files] = await Promise.all([
        run('/bin/ps', ['-ww', '-o', 'ppid=,etime=,lstart=,comm=', '-p', String(pid)]),
        run('/bin/ps', ['-ww', '-o', 'args=', '-p', String(pid)]),
        run('/usr/sbin/lsof', ['-a', '-p', String(pid), '-d', 'cwd', '-Fn']),
      ]);
      return known === null ? null : parsePs(pid, known, args, files);
    },
    searchPath: () => Promise.resolve(null),
  };
}

const LINE =
  /^\s*(?<parent>\d+)\s+(?<age>(?:\d+-)?(?:\d+:)?\d+:\d+)\s+(?<started>\w{3}\s+\w{3}\s+\d+\s+[\d:]+\s+\d{4})\s+(?<file>.+?)\s*$/;

/** Pure. */
export function parsePs(
  pid: number,
  known: string,
  args: string | null,
  files: string | null,
): ProcessFacts | null {
  const { parent, age, started, file } = LINE.exec(known)?.groups ?? {};
  if (parent === undefined || age === undefined || started === undefined || file === undefined) return null;
  const executable = file.startsWith('/') ? file : null;
  return {
    pid,
    parent: Number(parent),
    started,
    ageMs: elapsedMs(age),
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

/** `[[days-]hours:]minutes:seconds`. Whole seconds, so up to one more. Pure. */
function elapsedMs(text: string): number {
  const [days, clock] = text.includes('-') ? text.split('-') : ['0', text];
  const seconds = (clock ?? '').split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  return (Number(days) * 86_400 + seconds + 1) * 1000;
}
