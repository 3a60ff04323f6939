import type { Credentials } from '../../credentials/access.ts';
import type { ApiAddress } from '../../credentials/addresses.ts';
import { BEARER, headerOf } from '../../credentials/sent.ts';

/**
 * A connection's credentials as a program may see them that must not have them: `secret` in the place of the credential,
 * and the addresses at which it works. Presets cannot tell the difference. Pure.
 */
export function credentialsThrough(
  { connection }: Pick<Credentials, 'connection'>,
  apis: readonly ApiAddress[],
  secret: string,
): Credentials {
  return {
    // A key of ours is sent as a Bearer token, whatever is sent upstream.
    connection: { ...connection, sent: BEARER },
    accessToken: secret,
    header: headerOf(BEARER, secret),
    // Of the run, whose end nobody knows.
    expiresAt: null,
    apis,
  };
}
