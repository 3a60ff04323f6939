import { mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import path from 'node:path';
import { expect, it, vi } from 'vitest';
import { markAccepted } from '../../../main/lib/accepted-at.ts';
import type { Asking, Peer, ProcessFacts, Processes } from '../../../main/programs/ports.ts';
import { createWhoAsks } from '../../../main/programs/who-asks.ts';
import { temporaryFolder } from '../../fakes/temporary-folder.ts';
import { aProcess, NOW_MS, processesOf, TERMINAL } from './some-processes.ts';

const OWN = '/opt/tokentray/cli';
const aSocket = (): Socket => ({}) as Socket;

const asks = (
  all: readonly ProcessFacts[],
  peer: Peer | null = { pid: 20, uid: 1000 },
  { processes = processesOf(all), ownFolders = [OWN], socket = aSocket() } = {},
): Promise<Asking> => createWhoAsks({ askPeer: () => Promise.resolve(peer), processes, ownFolders })(socket);

const tool = (pid: number, parent: number, change: Partial<ProcessFacts> = {}): ProcessFacts =>
  aProcess(pid, parent, { name: 'tool', executable: '/usr/bin/tool', ...change });
const client = (pid: number, parent: number, ...args: string[]): ProcessFacts =>
  aProcess(pid, parent, { name: 'tokentray', executable: `${OWN}/tokentray`, argv: ['tokentray', ...args] });

it('names a program with what started it, and how long an answer may hold', async () => {
  expect(await asks([...TERMINAL, tool(20, 10)])).toEqual({
    program: {
      ...{ name: 'tool', executable: '/usr/bin/tool', script: null, pid: 20, contained: false },
      startedBy: ['bash', 'gnome-terminal'],
      folder: '/home/ana/project',
      lasts: ['once', 'session', 'day', 'always'],
    },
    identity: { uid: 1000, executable: '/usr/bin/tool', script: null },
    session: { leader: 10, beganMs: 10_000, words: 'bash in gnome-terminal' },
  });
});

it('passes over clients of ours, however many there are, to what runs them', async () => {
  const { program } = await asks([...TERMINAL, tool(18, 10), client(19, 18, 'env'), client(20, 19, 'get')]);
  expect(program).toMatchObject({ name: 'tool', pid: 18, startedBy: ['bash', 'gnome-terminal'] });
});

it.each<[string, ProcessFacts[], Peer | null]>([
  ['the system does not say who connected', [tool(20, 10)], null],
  ['it is outside of our PID namespace', [tool(20, 10)], { pid: 0, uid: 1000 }],
  ['it has ended', [], { pid: 20, uid: 1000 }],
])('is “A program”, for once, where %s', async (_, all, peer) => {
  expect(await asks([...TERMINAL, ...all], peer)).toMatchObject({
    program: { name: 'A program', lasts: ['once'] },
    identity: null,
  });
});

it('does not take a process for the one that connected which began later, and got its number', async () => {
  vi.spyOn(process, 'uptime').mockReturnValueOnce(0).mockReturnValue(60);
  const socket = aSocket();
  markAccepted(socket);
  const young = [...TERMINAL, tool(20, 10, { beganMs: NOW_MS - 10_000 })];
  expect((await asks(young, undefined, { socket })).identity).toBeNull();
  const old = [...TERMINAL, tool(20, 10, { beganMs: NOW_MS - 61_000 })];
  expect((await asks(old, undefined, { socket })).identity).not.toBeNull();
  vi.restoreAllMocks();
});

/** Like `processesOf`, and keeps in order which were looked at. */
function watched(now: () => readonly ProcessFacts[]): { processes: Processes; looked: number[] } {
  const looked: number[] = [];
  const look: Processes['look'] = (pid) => {
    looked.push(pid);
    return processesOf(now()).look(pid);
  };
  return { processes: { ...processesOf(now()), look }, looked };
}

it('looks again only where the process became another program', async () => {
  const socket = aSocket();
  let all = [...TERMINAL, tool(15, 10), client(20, 15, 'get')];
  const { processes, looked } = watched(() => all);
  let peers = 0;
  const askPeer = (): Promise<Peer> => {
    peers += 1;
    return Promise.resolve({ pid: 20, uid: 1000 });
  };
  const who = createWhoAsks({ askPeer, processes, ownFolders: [OWN] });
  expect((await who(socket)).program.name).toBe('tool');
  looked.length = 0;
  expect((await who(socket)).program.name).toBe('tool');
  expect(looked).toEqual([20]);
  all = [...TERMINAL, tool(15, 10), tool(20, 15, { executable: '/usr/bin/other' })];
  expect((await who(socket)).program.name).toBe('other');
  expect(peers).toBe(1);
});

it('goes no further up than what is outside of the terminal', async () => {
  const outside = [3, 4, 5].map((pid) => aProcess(pid, pid - 1, { session: pid }));
  const { processes, looked } = watched(() => [...outside, aProcess(10, 5), tool(20, 10)]);
  await asks([], undefined, { processes });
  expect(looked).toEqual([20, 10, 5, 4]);
});

it('does not mix two processes that had the same number while it looked', async () => {
  const all = [...TERMINAL, tool(20, 10)];
  const processes: Processes = { ...processesOf(all), began: () => Promise.resolve(900_000) };
  expect((await asks(all, undefined, { processes })).identity).toBeNull();
});

it('does not take a process for a parent that is younger than its child', async () => {
  const { program } = await asks([...TERMINAL, tool(15, 10, { beganMs: 21_000 }), client(20, 15, 'get')]);
  expect(program).toMatchObject({ name: 'tokentray', lasts: ['once'] });
});

it.each<[string, Partial<ProcessFacts>, string[]]>([
  ['it is not shown to us', { executable: null }, ['once']],
  ['it is in a container', { contained: true }, ['once']],
  [
    'it is a shell that somebody types into',
    { executable: '/bin/bash', argv: ['bash'] },
    ['once', 'session'],
  ],
  [
    'its script is no file',
    { executable: '/usr/bin/node', argv: ['node', 'nowhere.js'] },
    ['once', 'session'],
  ],
])('may be remembered for no longer than it can be known, where %s', async (_, change, lasts) => {
  expect((await asks([...TERMINAL, tool(20, 10, change)])).program.lasts).toEqual(lasts);
});

it('knows a script by its own file, not by a link to it, and a shell’s by what the shell reads', async () => {
  const folder = realpathSync(temporaryFolder());
  mkdirSync(path.join(folder, 'bin'));
  writeFileSync(path.join(folder, 'job.mjs'), '');
  symlinkSync('../job.mjs', path.join(folder, 'bin/job'));
  const node = { executable: '/usr/bin/node', argv: ['node', 'bin/job'], folder };
  expect((await asks([tool(20, 0, node)])).identity?.script).toBe(path.join(folder, 'job.mjs'));
  const file = path.join(folder, 'job.sh');
  writeFileSync(file, '');
  const shell = { executable: '/bin/bash', argv: ['bash', 'job.sh'], folder: '/', scripts: [file] };
  expect((await asks([tool(20, 0, shell)])).identity?.script).toBe(file);
});

it('is the command of “tokentray run”, found as that finds it', async () => {
  const folder = realpathSync(temporaryFolder());
  const script = path.join(folder, 'job.mjs');
  writeFileSync(script, '');
  const run = { ...client(20, 10, 'run', 'acme', '--', process.execPath, 'job.mjs'), folder };
  expect(await asks([...TERMINAL, run])).toMatchObject({
    program: { name: 'job.mjs', folder, startedBy: ['bash', 'gnome-terminal'] },
    identity: { executable: realpathSync(process.execPath), script },
  });
  const missing = { ...client(20, 10, 'run', '--', './missing'), folder };
  expect(await asks([...TERMINAL, missing])).toMatchObject({
    program: { name: 'missing', lasts: ['once'] },
    identity: null,
  });
});
