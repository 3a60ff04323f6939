import { fail, ok, type Result } from '../lib/result.ts';
import type { Credentials } from './access.ts';

/** A user name and the secret that goes with it at one host, for HTTP Basic (RFC 7617). */
export interface Login {
  host: string;
  username: string;
  secret: string;
}

/**
 * Where a connection's credential is taken with a user name, and with which; one a host, ports left out. `unsupported`
 * where it is sent in another way only, or where one host takes it with two names.
 */
export function loginsOf({ connection, accessToken, apis }: Credentials): Result<Login[]> {
  const { name, sent } = connection;
  const logins = new Map<string, Login>();
  for (const api of apis) {
    const username = api.username ?? (sent.as === 'basic' ? sent.username : null);
    if (username === null || !URL.canParse(api.url)) continue;
    const { hostname: host } = new URL(api.url);
    const other = logins.get(host);
    if (other !== undefined && other.username !== username) {
      return fail(
        'unsupported',
        `${host} takes “${name}” with two user names, ${other.username} and ${username}, depending on the address.`,
        'Let the program read what it needs: tokentray get --field username --api API',
      );
    }
    logins.set(host, { host, username, secret: accessToken });
  }
  if (logins.size > 0) return ok([...logins.values()]);
  return fail(
    'unsupported',
    sent.as === 'basic'
      ? `“${name}” has no address to log in at.`
      : `“${name}” is sent ${sent.as === 'bearer' ? 'as a Bearer token' : `in the header ${sent.name}`}, without a user name: no program can use it from a .netrc file.`,
    sent.as === 'basic'
      ? 'Choose its site first.'
      : 'Use a connection with an API token or a password, or give the program the token: tokentray run',
  );
}
