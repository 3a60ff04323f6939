import type { Credentials } from '../../credentials/access.ts';
import type { ApiAddress } from '../../credentials/addresses.ts';
import { headerOf, type Sent } from '../../credentials/sent.ts';

/**
 * A connection's credentials as a program may see them that must not have them: `secret` in the place of the credential,
 * sent as `sent` says, and the addresses at which it works. Presets cannot tell the difference. Pure.
 */
export function credentialsThrough(
  { connection }: Pick<Credentials, 'connection'>,
  apis: readonly ApiAddress[],
  secret: string,
  sent: Sent,
): Credentials {
  return {
    connection: { ...connection, sent },
    accessToken: secret,
    header: headerOf(sent, secret),
    // Of the run, whose end nobody knows.
    expiresAt: null,
    apis,
  };
}
