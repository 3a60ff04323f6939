import { realpath, stat } from 'node:fs/promises';
import type { Socket } from 'node:net';
import path from 'node:path';
import process from 'node:process';
import { connectedForMs } from '../lib/accepted-at.ts';
import { isSameData } from '../lib/is-same-data.ts';
import { describe, programName, unknownProgram } from './describe.ts';
import { scriptArgument } from './interpreters.ts';
import { commandToRun, withoutOwn, type Step } from './own-programs.ts';
import type { AskPeer, Asking, Peer, ProcessFacts, Processes, WhoAsks } from './ports.ts';

const MOST_ANCESTORS = 24;
/** A client's, the program's, and that of its terminal. */
const MOST_SESSIONS = 2;
/** Between the system's clocks, which count in hundredths or whole seconds, and ours. */
const SLACK_MS = 1500;

export interface WhoAsksSources {
  readonly askPeer: AskPeer;
  readonly processes: Processes;
  /** Folders of the command line. */
  readonly ownFolders: readonly string[];
}

/** Finds the program that asks through a connection: the client of ours that sent the call is passed over. */
export function createWhoAsks({ askPeer, processes, ownFolders }: WhoAsksSources): WhoAsks {
  // Who connected never changes; what that process runs may.
  const peers = new WeakMap<Socket, Promise<Peer | null>>();
  const found = new WeakMap<Socket, { first: ProcessFacts; asking: Asking }>();
  const peerOf = (socket: Socket): Promise<Peer | null> => {
    const known = peers.get(socket) ?? askPeer(socket);
    peers.set(socket, known);
    return known;
  };

  /** From a process up to what is outside of its terminal session, and outside of a client's own. */
  async function ancestry(first: ProcessFacts): Promise<Step[]> {
    const chain: Step[] = [];
    let sessions = 1;
    let next: ProcessFacts | null = first;
    while (next !== null && chain.length < MOST_ANCESTORS) {
      chain.push({ facts: next, script: await scriptOf(next) });
      const below: ProcessFacts = next;
      next = below.parent > 0 && sessions <= MOST_SESSIONS ? await processes.look(below.parent) : null;
      // A child is never older: its parent has ended, and another process has its number.
      if (next !== null && next.beganMs > below.beganMs) next = null;
      if (next !== null && next.session !== below.session) sessions += 1;
    }
    return chain;
  }

  async function theRun(client: ProcessFacts, command: readonly string[]): Promise<Step> {
    const [word = ''] = command;
    const executable = await programFile(word, client.folder, () => processes.searchPath(client.pid));
    const facts = { ...client, argv: command, executable, name: path.basename(word), scripts: [] };
    return { facts, script: await scriptOf(facts) };
  }

  async function describeFirst(peer: Peer, first: ProcessFacts): Promise<Asking | null> {
    const chain = await ancestry(first);
    const others = withoutOwn(chain, ownFolders);
    // Its first process is a client of ours.
    const client = others.length < chain.length ? chain[0] : undefined;
    const command = client === undefined ? null : commandToRun(client.facts, client.script);
    const [asker = null, ...ancestors] =
      client === undefined || command === null ? others : [await theRun(client.facts, command), ...others];
    // While all of this was read, it may have ended, and another may have its number.
    if ((await processes.began(peer.pid)) !== first.beganMs) return null;
    if (asker === null) return unknownProgram(programName(first.executable ?? first.name, null));
    const { session } = asker.facts;
    return describe(peer, asker, ancestors, session === null ? null : await processes.began(session));
  }

  async function find(socket: Socket, peer: Peer): Promise<Asking | null> {
    const connectedMs = connectedForMs(socket);
    const [first, nowMs] = await Promise.all([processes.look(peer.pid), processes.nowMs()]);
    if (first === null) return null;
    // It began after the connection did, so it is not the one that connected.
    if (connectedMs !== null && nowMs !== null && nowMs - first.beganMs + SLACK_MS < connectedMs) return null;
    const known = found.get(socket);
    if (known !== undefined && isSameData(known.first, first)) return known.asking;
    const asking = await describeFirst(peer, first);
    if (asking !== null) found.set(socket, { first, asking });
    return asking;
  }

  return async (socket) => {
    const peer = socket === undefined ? null : await peerOf(socket);
    if (socket === undefined || peer === null || peer.pid === 0) return unknownProgram();
    return (await find(socket, peer)) ?? unknownProgram();
  };
}

/** The real path of the file that an interpreter runs; null where there is none. */
async function scriptOf({
  executable,
  argv,
  folder,
  contained,
  scripts,
}: ProcessFacts): Promise<string | null> {
  if (executable === null || contained) return null;
  const given = scriptArgument(executable, argv);
  if (given === null) return null;
  // What a shell has open is the script itself; its folder may have changed since it began.
  const open = scripts.find((file) => path.basename(file) === path.basename(given));
  return realFile(open ?? (folder === null ? given : path.resolve(folder, given)));
}

/** Where a command is found, as `tokentray run` finds it. */
async function programFile(
  command: string,
  folder: string | null,
  searchPath: () => Promise<string | null>,
): Promise<string | null> {
  if (command.includes(path.sep)) return realFile(path.resolve(folder ?? '/', command));
  const places = (await searchPath()) ?? process.env['PATH'] ?? '';
  for (const place of places.split(path.delimiter)) {
    const file = await realFile(path.resolve(folder ?? '/', place, command));
    if (file !== null) return file;
  }
  return null;
}

const realFile = async (file: string): Promise<string | null> => {
  try {
    const real = await realpath(file);
    return path.isAbsolute(file) && (await stat(real)).isFile() ? real : null;
  } catch {
    return null;
  }
};
