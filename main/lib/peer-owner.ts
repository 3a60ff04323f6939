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

/**
 * Looks for the peer's own row in the kernel's tables (proc(5)), which name the user of each socket. Reads no further
 * than that row.
 */
export async function peerOwner(
  peer: Endpoint,
  server: Endpoint,
  openTable: OpenTable = openProcTable,
): Promise<PeerOwner> {
  const near = rowAddresses(peer);
  const far = rowAddresses(server);
  let tables = 0;
  let gone = false;
  for (const file of TABLES) {
    const table = await openTable(file);
    if (table === null) continue;
    tables += 1;
    for await (const row of rows(table)) {
      if (!near.some((text) => row.includes(text))) continue;
      const [, local = '', remote = '', , , , , uid, , inode] = row.trim().split(/\s+/);
      if (!near.includes(local) || !far.includes(remote)) continue;
      // A closed connection is kept for a minute, without a socket and as if it were root's.
      if (inode !== '0') return Number(uid);
      gone = true;
    }
  }
  if (tables === 0) return 'unavailable';
  return gone ? 'gone' : 'elsewhere';
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
  const uid = process.getuid?.() ?? null;
  if (process.platform !== 'linux' || uid === null) return !socket.destroyed;
  const user = { uid, isWsl: process.env['WSL_DISTRO_NAME'] !== undefined };
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
