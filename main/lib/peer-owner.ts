import { open } from 'node:fs/promises';
import type { Socket } from 'node:net';
import process from 'node:process';

/** One end of a TCP connection. */
export interface Endpoint {
  address: string;
  port: number;
}

/**
 * Who holds the other end: a user id, `gone` when no process holds it any more, `elsewhere` when this system's
 * tables do not have it, and `unavailable` where the system keeps no such tables or does not show them.
 */
export type PeerOwner = number | 'gone' | 'elsewhere' | 'unavailable';

/** Opens a table for reading piece by piece; null when it is not there. Rejects when nobody can tell. */
export type OpenTable = (file: string) => Promise<AsyncIterable<string> | null>;

/** IPv4 first; an IPv6 socket connected to an IPv4 address is in the second one. */
const TABLES = ['/proc/net/tcp', '/proc/net/tcp6'];

/** About 200,000 connections. On a busier system the search would take too long. */
const MAX_CHARACTERS = 32 * 1024 * 1024;

/** Who holds the other end of one connection; see `peerOwners`. */
export async function peerOwner(
  peer: Endpoint,
  server: Endpoint,
  openTable: OpenTable = openProcTable,
): Promise<PeerOwner> {
  const [owner = 'elsewhere'] = await peerOwners([peer], server, openTable);
  return owner;
}

/**
 * Looks for the peers' own rows in the kernel's tables (proc(5)), which name the user of each socket. Reads no further
 * than the last of those rows. In the order of `peers`.
 */
export async function peerOwners(
  peers: readonly Endpoint[],
  server: Endpoint,
  openTable: OpenTable = openProcTable,
): Promise<PeerOwner[]> {
  const far = rowAddresses(server);
  const near = new Map<string, number>();
  for (const [index, peer] of peers.entries()) for (const text of rowAddresses(peer)) near.set(text, index);
  const owners = peers.map((): PeerOwner => 'elsewhere');
  let missing = peers.length;
  let tables = 0;
  for (const file of TABLES) {
    const table = await openTable(file);
    if (table === null) continue;
    tables += 1;
    for await (const row of rows(table)) {
      // `12: 0100007F:1F90 …`
      const start = row.indexOf(': ') + 2;
      const index = near.get(row.slice(start, row.indexOf(' ', start)));
      if (index === undefined || typeof owners[index] === 'number') continue;
      const [, , remote = '', , , , , uid, , inode] = row.trim().split(/\s+/);
      if (!far.includes(remote)) continue;
      // A closed connection is kept for a minute, without a socket and as if it were root's.
      owners[index] = inode === '0' ? 'gone' : Number(uid);
      if (inode !== '0') missing -= 1;
      if (missing === 0) return owners;
    }
  }
  return tables === 0 ? peers.map(() => 'unavailable') : owners;
}

/** Ends early when a table is far too long. */
async function* rows(table: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = '';
  let read = 0;
  for await (const piece of table) {
    read += piece.length;
    if (read > MAX_CHARACTERS) return;
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
}

/** What opening gives where the system has no such table, or shows it to nobody. */
const NOT_SHOWN = new Set(['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM']);

async function openProcTable(file: string): Promise<AsyncIterable<string> | null> {
  try {
    const handle = await open(file);
    // Closes the file at its end, and when the reader has seen enough.
    return handle.createReadStream({ encoding: 'latin1', highWaterMark: 64 * 1024 });
  } catch (fault) {
    // Too many open files, for one: others may have seen to that, and it tells nothing.
    if (fault instanceof Error && 'code' in fault && NOT_SHOWN.has(String(fault.code))) return null;
    throw fault;
  }
}

/** How a row may write an endpoint: each 32 bits as a number in the machine's byte order, little-endian wherever we run. */
function rowAddresses({ address, port }: Endpoint): string[] {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const v4 = /^(?:::ffff:)?(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (v4 === undefined) return address === '::1' ? [`${'0'.repeat(24)}01000000${suffix}`] : [];
  const bytes = v4.split('.').map((part) => Number(part).toString(16).padStart(2, '0'));
  const word = bytes.reverse().join('').toUpperCase();
  return [word + suffix, `${'0'.repeat(16)}FFFF0000${word}${suffix}`];
}

const LOOKS = 3;

/** What the person's own connections may look like, besides those of their own processes. */
export interface OwnUser {
  /** Null where users have no numbers. */
  uid: number | null;
  /** In WSL a browser on the Windows side is in no table of Linux. */
  isWsl: boolean;
}

/** Pure. Root counts: it could do anything anyway, and is whoever runs a tunnel. Who is gone or unknown does not. */
export function isOwnUser(owner: PeerOwner, { uid, isWsl }: OwnUser): boolean {
  if (owner === 'unavailable' || uid === null) return true;
  if (owner === 'elsewhere') return isWsl;
  return owner === 0 || owner === uid;
}

/**
 * Whether the other end of a loopback connection belongs to the person who runs this process, as far as the system
 * tells (`docs/decisions/0011-loopback-peer-owner.md`). False for a connection that has ended meanwhile.
 */
export async function isFromOwnUser(socket: Socket): Promise<boolean> {
  const { remoteAddress, remotePort, localAddress, localPort } = socket;
  if (!remoteAddress || !remotePort || !localAddress || !localPort) return false;
  if (process.platform !== 'linux') return !socket.destroyed;
  const user = thisUser();
  const peer = { address: remoteAddress, port: remotePort };
  const server = { address: localAddress, port: localPort };
  // A table that changes while it is read may skip a row.
  for (let look = 0; look < LOOKS && !socket.destroyed; look += 1) {
    const owner = await peerOwner(peer, server).catch((): PeerOwner => 'elsewhere');
    if (isOwnUser(owner, user)) return !socket.destroyed;
    if (typeof owner === 'number') return false;
  }
  return false;
}

const thisUser = (): OwnUser => ({
  uid: process.getuid?.() ?? null,
  isWsl: process.env['WSL_DISTRO_NAME'] !== undefined,
});

/**
 * Whose the connections of one server are: `own` as in `isFromOwnUser`, `stranger` for another user's. `unknown`: it has
 * ended, or a table that changed while it was read has skipped it.
 */
export type Whose = 'own' | 'stranger' | 'unknown';

/** Asks for all connections together, in their order. Never rejects. */
export async function whose(sockets: readonly Socket[]): Promise<Whose[]> {
  if (process.platform !== 'linux') return sockets.map(() => 'own');
  const user = thisUser();
  const found = new Map<Socket, Whose>();
  for (let look = 0; look < LOOKS; look += 1) {
    const left = sockets.filter((socket) => (found.get(socket) ?? 'unknown') === 'unknown');
    const [first] = left;
    if (first === undefined) break;
    const owners = await peerOwners(
      left.map(({ remoteAddress = '', remotePort = 0 }) => ({ address: remoteAddress, port: remotePort })),
      { address: first.localAddress ?? '', port: first.localPort ?? 0 },
    ).catch((): PeerOwner[] => []);
    for (const [index, socket] of left.entries()) {
      const owner = owners[index] ?? 'elsewhere';
      found.set(socket, isOwnUser(owner, user) ? 'own' : typeof owner === 'number' ? 'stranger' : 'unknown');
    }
  }
  return sockets.map((socket) => found.get(socket) ?? 'unknown');
}
