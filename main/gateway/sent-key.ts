import type { IncomingHttpHeaders } from 'node:http';
import { receivedCredential } from '../credentials/received.ts';

/**
 * The key that a request carries: in a header of its own, as a token, or as the password of any user, which git and many
 * libraries insist on. Null: none. Never read from an address. Pure.
 */
export function sentKey(headers: IncomingHttpHeaders): string | null {
  const own = headers['x-tokentray-key'];
  if (typeof own === 'string') return own;
  return receivedCredential(headers.authorization)?.secret ?? null;
}
