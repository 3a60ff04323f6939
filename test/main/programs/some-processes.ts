import type { ProcessFacts, Processes } from '../../../main/programs/ports.ts';

/** A process of the session 10 that began in order of its number; `change` says what differs. */
export const aProcess = (pid: number, parent: number, change: Partial<ProcessFacts> = {}): ProcessFacts => ({
  ...{ pid, parent, started: `t${pid}`, ageMs: 1_000_000 - pid * 1000 },
  name: 'x',
  executable: '/usr/bin/x',
  argv: ['x'],
  folder: '/home/ana/project',
  session: 10,
  contained: false,
  scripts: [],
  ...change,
});

/** bash in a terminal, as it is in most chains. */
export const TERMINAL = [
  aProcess(1, 0, { name: 'systemd', executable: null, session: 1 }),
  aProcess(5, 1, { name: 'gnome-terminal', executable: '/usr/bin/gnome-terminal', session: 5 }),
  aProcess(10, 5, { name: 'bash', executable: '/bin/bash', argv: ['-bash'] }),
];

export const processesOf = (all: readonly ProcessFacts[]): Processes => ({
  look: (pid) => Promise.resolve(all.find((each) => each.pid === pid) ?? null),
  searchPath: () => Promise.resolve(null),
});
