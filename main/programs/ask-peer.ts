import { execFile, spawn } from 'node:child_process';
import { readlink, stat } from 'node:fs/promises';
import type { Socket } from 'node:net';
import type { AskPeer, Peer } from './ports.ts';

/** The helper answers in a few milliseconds. */
const TIME_LIMIT_MS = 2000;

export interface PeerSources {
  /** The helper's file (`cli/native/peer.c`); it may be missing. */
  readonly helper: string;
  readonly platform: string;
}

/** Asks the helper, because Node has no call for it; without one, `ss` on Linux. Windows has neither. */
export const createAskPeer =
  ({ helper, platform }: PeerSources): AskPeer =>
  async (socket) => {
    const descriptor = platform === 'win32' || socket.destroyed ? null : descriptorOf(socket);
    if (descriptor === null) return null;
    const told = await fromHelper(helper, descriptor);
    return told === 'missing' ? (platform === 'linux' ? fromSs(descriptor) : null) : told;
  };

/** By its number, because Node stops reading from a socket that it hands to a child. */
function descriptorOf(socket: Socket): number | null {
  const { fd = -1 } = (socket as unknown as { _handle?: { fd?: number } | null })._handle ?? {};
  return fd < 0 ? null : fd;
}

/** `missing`: it could not be started. */
function fromHelper(helper: string, descriptor: number): Promise<Peer | null | 'missing'> {
  return new Promise((resolve) => {
    try {
      const child = spawn(helper, [], { stdio: ['ignore', 'pipe', 'ignore', descriptor], env: {} });
      let text = '';
      child.stdout?.on('data', (piece: Buffer) => (text += piece.toString('latin1')));
      const limit = setTimeout(() => child.kill('SIGKILL'), TIME_LIMIT_MS);
      child.once('error', () => {
        clearTimeout(limit);
        resolve('missing');
      });
      child.once('close', () => {
        clearTimeout(limit);
        resolve(parsePeer(text));
      });
    } catch {
      // Node throws for some of the system's reasons, and emits others.
      resolve('missing');
    }
  });
}

/** `PID UID GID`. Pure. */
export function parsePeer(text: string): Peer | null {
  const [pid, uid] = /^(\d+) (\d+) \d+\n$/.exec(text)?.slice(1).map(Number) ?? [];
  return pid === undefined || uid === undefined ? null : { pid, uid };
}

async function fromSs(descriptor: number): Promise<Peer | null> {
  const inode = await inodeOf(descriptor);
  if (inode === null) return null;
  const listed = await new Promise<string | null>((resolve) => {
    const options = {
      timeout: TIME_LIMIT_MS,
      maxBuffer: 16 * 1024 * 1024,
      env: { PATH: '/usr/bin:/bin:/usr/sbin:/sbin' },
    };
    execFile('ss', ['-xpnH', 'state', 'connected'], options, (fault, stdout) => {
      resolve(fault === null ? stdout : null);
    });
  });
  const pid = listed === null ? null : peerInSs(listed, inode);
  if (pid === null) return null;
  const uid = await stat(`/proc/${pid}`).then(
    (found) => found.uid,
    () => null,
  );
  return uid === null ? null : { pid, uid };
}

async function inodeOf(descriptor: number): Promise<string | null> {
  const link = await readlink(`/proc/self/fd/${descriptor}`).catch(() => null);
  return /^socket:\[(\d+)\]$/.exec(link ?? '')?.[1] ?? null;
}

/**
 * The process at the other end of the socket with this inode, from what `ss -xpnH` lists; null if it is not there, or several
 * processes share it. Pure.
 */
export function peerInSs(listed: string, inode: string): number | null {
  const rows = [...listed.matchAll(ROW)].map((row) => row.groups ?? {});
  const peer = rows.find(({ own }) => own === inode)?.['other'];
  const users = rows.find(({ own, other }) => own === peer && other === inode)?.['users'] ?? '';
  const pids = new Set([...users.matchAll(/\bpid=(\d+)/g)].map(([, pid]) => Number(pid)));
  const [only] = pids;
  return pids.size === 1 && only !== undefined ? only : null;
}

/** Each end is an address, or `*`, and the number of its socket. */
const ROW = /\s(?<own>\d+)\s+\S+\s+(?<other>\d+)\s+(?<users>users:.*)$/gm;
