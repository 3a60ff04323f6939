import type { ApiAddress } from '../credentials/addresses.ts';
import { addressesOf } from '../credentials/access.ts';
import type { ProviderRegistry } from '../providers/ports.ts';
import type { ConnectionRecord } from '../store/records.ts';
import type { GitQuestion } from './attributes.ts';

/** The API of a definition at which git works over https. */
export const GIT_API = 'git';

/** A connection, and where git works with it. */
export interface Candidate {
  connection: ConnectionRecord;
  address: ApiAddress;
}

/** Every connection that opens git somewhere. */
export function gitConnections(
  connections: readonly ConnectionRecord[],
  registry: Pick<ProviderRegistry, 'get'>,
): Candidate[] {
  return connections.flatMap((connection) => {
    const address = addressesOf(connection, registry).find(({ id }) => id === GIT_API);
    return address === undefined ? [] : [{ connection, address }];
  });
}

/** Whether a repository that git asks about is at or below an address: same protocol, host, port and path. Pure. */
export function isAt(address: string, { protocol, host, path }: GitQuestion): boolean {
  const url = new URL(address);
  if (url.protocol !== protocol || url.host !== host) return false;
  // Whoever fetches it leaves such parts out, and so would be elsewhere.
  if (path !== null && /(^|\/)\.{1,2}(\/|$)/.test(path)) return false;
  const base = url.pathname.replace(/^\/+|\/+$/g, '');
  return path === null || base === '' || path === base || path.startsWith(`${base}/`);
}
