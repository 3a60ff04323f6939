import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { receivedCredential } from '../../credentials/received.ts';
import { peerOwner } from '../../lib/peer-owner.ts';

const LOOKS = 3;

/** The key that a request shows to the proxy; null: none at all; empty: something else. Pure. */
export function proxyKey({ headers }: Pick<IncomingMessage, 'headers'>): string | null {
  const sent = headers['proxy-authorization'];
  return sent === undefined ? null : (receivedCredential(sent)?.secret ?? '');
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
