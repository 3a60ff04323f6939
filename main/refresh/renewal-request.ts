import { clientCredentials } from '../oauth/client-credentials.ts';
import type { OAuth2Settings } from '../providers/methods.ts';
import type { ConnectionRecord, TokenSet } from '../store/records.ts';

/** The parameters that renew a credential; null when there is nothing to renew it with. */
export function renewalRequest(
  { renewal, requestedScopes }: Pick<ConnectionRecord, 'renewal' | 'requestedScopes'>,
  { refreshToken }: Pick<TokenSet, 'refreshToken'>,
  settings: OAuth2Settings,
  redirectUri: string,
): { parameters: Record<string, string>; usesUp: string | null } | null {
  switch (renewal) {
    case 'refresh-token':
      if (refreshToken === null) return null;
      return {
        usesUp: refreshToken,
        // RFC 6749 §6.
        parameters: {
          grant_type: 'refresh_token',
          refresh_token: refreshToken,
          ...(settings.refresh.repeatRedirectUri ? { redirect_uri: redirectUri } : {}),
        },
      };
    case 'client-credentials':
      return { usesUp: null, parameters: clientCredentials(requestedScopes, settings) };
    case 'none':
      return null;
  }
}
