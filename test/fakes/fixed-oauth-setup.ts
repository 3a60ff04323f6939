import { fail, ok } from '../../main/lib/result.ts';
import { oauth2Of } from '../../main/providers/methods.ts';
import type { OAuthSetup } from '../../main/signin/oauth-setup.ts';
import type { OAuthClientRecord } from '../../main/store/records.ts';

/** A sign-in with this client, without discovery or registration. */
export const fixedOAuthSetup = (
  client: OAuthClientRecord,
  secret: string | null,
): Pick<OAuthSetup, 'prepare' | 'unanswered'> => ({
  prepare: (_, definition) => {
    const settings = oauth2Of(definition);
    return Promise.resolve(
      settings === null
        ? fail('unsupported', 'not connected with OAuth')
        : ok({ definition, settings, server: null, client, secret }),
    );
  },
  unanswered: () => undefined,
});
