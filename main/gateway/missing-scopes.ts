import type { IncomingHttpHeaders } from 'node:http';

const MOST = 10;

/**
 * The scopes that a server asks for (RFC 6750 §3.1); empty when it does not name them, null when scopes are not what is
 * wrong. Only what looks like scopes: people read it.
 */
export function missingScopes({ 'www-authenticate': challenge = '' }: IncomingHttpHeaders): string[] | null {
  if (!/\berror="?insufficient_scope\b/i.test(challenge)) return null;
  const scopes = /\bscope="([^"]*)"/i.exec(challenge)?.[1] ?? '';
  return scopes
    .split(' ')
    .filter((scope) => /^[\w:./-]{1,100}$/.test(scope))
    .slice(0, MOST);
}
