import { createAskPeer } from './ask-peer.ts';
import type { Finder } from './create-approvals.ts';
import { linuxProcesses } from './linux-processes.ts';
import { macProcesses } from './mac-processes.ts';
import { ownFiles } from './own-programs.ts';
import type { Processes } from './ports.ts';
import { createWhoAsks } from './who-asks.ts';

/** Windows says neither who is at the other end of a pipe nor, without more code, anything about processes. */
const NOTHING: Processes = {
  look: () => Promise.resolve(null),
  searchPath: () => Promise.resolve(null),
};

/** `root` contains `out`. */
export function createFinder({ root, platform }: { root: string; platform: string }): Finder {
  const { peer, folders } = ownFiles(root);
  const processes =
    platform === 'linux' ? linuxProcesses() : platform === 'darwin' ? macProcesses() : NOTHING;
  const askPeer = createAskPeer({ helper: peer, platform });
  return { processes, whoAsks: createWhoAsks({ askPeer, processes, ownFolders: folders }) };
}
