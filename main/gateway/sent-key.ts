import type { IncomingHttpHeaders } from 'node:http';

const BASIC = /^basic +([A-Za-z0-9+/=_-]+) *$/i;
const BEARER = /^bearer +(\S+) *$/i;

/**
 * The key that a request carries: in a header of its own, as a token (RFC 6750 §2.1), or as the password of any user (RFC
 * 7617), which git and many libraries insist on. Null: none. Never read from an address. Pure.
 */
export function sentKey(headers: IncomingHttpHeaders): string | null {
  const own = headers['x-tokentray-key'];
  if (typeof own === 'string') return own;
  const { authorization } = headers;
  if (authorization === undefined) return null;
  const bearer = BEARER.exec(authorization)?.[1];
  if (bearer !== undefined) return bearer;
  const basic = BASIC.exec(authorization)?.[1];
  if (basic === undefined) return null;
  const pair = Buffer.from(basic, 'base64').toString('utf8');
  const colon = pair.indexOf(':');
  return colon < 0 ? null : pair.slice(colon + 1);
}
