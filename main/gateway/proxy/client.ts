import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { peerOwner } from '../../lib/peer-owner.ts';

const BASIC = /^basic +([A-Za-z0-9+/=_-]+) *$/i;
const BEARER = /^bearer +(\S+) *$/i;
const LOOKS = 3;

/** The key that a request shows to the proxy; null: none at all. Pure. */
export function proxyKey({ headers }: Pick<IncomingMessage, 'headers'>): string | null {
  const sent = headers['proxy-authorization'];
  if (sent === undefined) return null;
  const pair = BASIC.exec(sent)?.[1];
  if (pair === undefined) return BEARER.exec(sent)?.[1] ?? '';
  const text = Buffer.from(pair, 'base64').toString('utf8');
  return text.slice(text.indexOf(':') + 1);
}

/**
 * Whether the other end of a connection is held by a process of this very user, or of root. Only Linux can tell; elsewhere
 * the answer is no, and a key is needed.
 */
export async function isOwnProcess(socket: Socket): Promise<boolean> {
  if (process.platform !== 'linux') return false;
  const { remoteAddress: address, remotePort: port, localAddress, localPort } = socket;
  if (!address || !port || !localAddress || !localPort) return false;
  const server = { address: localAddress, port: localPort };
  // A table that changes while it is read may skip a row.
  for (let look = 0; look < LOOKS && !socket.destroyed; look += 1) {
    const owner = await peerOwner({ address, port }, server).catch(() => 'elsewhere' as const);
    if (typeof owner === 'number') return owner === 0 || owner === process.getuid?.();
  }
  return false;
}
