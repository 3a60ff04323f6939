import { readFileSync } from 'node:fs';

/** A loopback connection as its own side sees it. */
export interface Peer {
  address: string;
  port: number;
}

/**
 * User id of the process at the other end of an IPv4 loopback connection, out of the kernel's table (proc(5),
 * `/proc/net/tcp`). Null where there is no such table, or the peer is not in it (a container, another machine's tunnel).
 */
export function peerOwner(peer: Peer, server: Peer, read = readTable): number | null {
  const [near, far] = [endpoint(peer), endpoint(server)];
  for (const line of read().split('\n')) {
    const [, local, remote, , , , , uid] = line.trim().split(/\s+/);
    if (local === near && remote === far) return Number(uid);
  }
  return null;
}

function readTable(): string {
  try {
    return readFileSync('/proc/net/tcp', 'latin1');
  } catch {
    return '';
  }
}

/** `0100007F:93C6`: the address as one number in the machine's byte order, which is little-endian wherever we run. */
function endpoint({ address, port }: Peer): string {
  const bytes = address.split('.').map((part) => Number(part).toString(16).padStart(2, '0'));
  return `${bytes.reverse().join('')}:${port.toString(16).padStart(4, '0')}`.toUpperCase();
}
