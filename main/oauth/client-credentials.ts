import type { OAuth2Settings } from '../providers/methods.ts';

/** The parameters of a client credentials request (RFC 6749 §4.4.2). */
export const clientCredentials = (
  scopes: readonly string[],
  { scopeParameter, scopeSeparator }: Pick<OAuth2Settings, 'scopeParameter' | 'scopeSeparator'>,
): Record<string, string> => ({
  grant_type: 'client_credentials',
  ...(scopes.length > 0 ? { [scopeParameter]: scopes.join(scopeSeparator) } : {}),
});
