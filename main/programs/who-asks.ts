import { realpath, stat } from 'node:fs/promises';
import type { Socket } from 'node:net';
import path from 'node:path';
import process from 'node:process';
import { connectedForMs } from '../lib/accepted-at.ts';
import { describe, programName, unknownProgram } from './describe.ts';
import { scriptArgument } from './interpreters.ts';
import { commandToRun, withoutOwn, type Step } from './own-programs.ts';
import type { AskPeer, Asking, Peer, ProcessFacts, Processes, WhoAsks } from './ports.ts';

const MOST_ANCESTORS = 24;
/** Between the system's clocks, which count in hundredths, and ours. */
const SLACK_MS = 1000;

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
  const peerOf = (socket: Socket): Promise<Peer | null> => {
    const known = peers.get(socket) ?? askPeer(socket);
    peers.set(socket, known);
    return known;
  };

  async function ancestry(facts: ProcessFacts): Promise<Step[]> {
    const chain: Step[] = [];
    let next: ProcessFacts | null = facts;
    while (next !== null && chain.length < MOST_ANCESTORS) {
      chain.push({ facts: next, script: await scriptOf(next) });
      const above: ProcessFacts | null = next.parent > 0 ? await processes.look(next.parent) : null;
      // A child is never older: its parent has ended, and another process has its number.
      next = above !== null && isOlder(next, above) ? null : above;
    }
    return chain;
  }

  async function theRun(client: ProcessFacts, command: readonly string[]): Promise<Step> {
    const executable = await programFile(command[0] ?? '', client.folder, () =>
      processes.searchPath(client.pid),
    );
    const facts = {
      ...client,
      argv: command,
      executable,
      name: path.basename(command[0] ?? ''),
      scripts: [],
    };
    return { facts, script: await scriptOf(facts) };
  }

  async function find(peer: Peer, connectedMs: number | null): Promise<Asking | null> {
    const first = await processes.look(peer.pid);
    if (first === null) return null;
    // It began after the connection did, so it is not the one that connected.
    if (connectedMs !== null && first.ageMs !== null && first.ageMs + SLACK_MS < connectedMs) return null;
    const chain = await ancestry(first);
    const others = withoutOwn(chain, ownFolders);
    const client = chain[chain.length - others.length - 1];
    const command = client === undefined ? null : commandToRun(client.facts, client.script);
    const [asker = null, ...ancestors] =
      client === undefined || command === null ? others : [await theRun(client.facts, command), ...others];
    // While all of this was read, it may have ended, and another may have its number.
    const still = await processes.look(peer.pid);
    if (still?.started !== first.started) return null;
    if (asker === null) return unknownProgram(programName(first.executable ?? first.name, null));
    const { session } = asker.facts;
    const leader = session === null ? null : await processes.look(session);
    return describe(peer, asker, ancestors, leader?.started ?? null);
  }

  return async (socket) => {
    const peer = socket === undefined ? null : await peerOf(socket);
    if (socket === undefined || peer === null || peer.pid === 0) return unknownProgram();
    return (await find(peer, connectedForMs(socket))) ?? unknownProgram();
  };
}

const isOlder = (child: ProcessFacts, parent: ProcessFacts): boolean =>
  child.ageMs !== null && parent.ageMs !== null && child.ageMs > parent.ageMs + SLACK_MS;

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
