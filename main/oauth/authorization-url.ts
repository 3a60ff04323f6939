import type { OAuth2Settings } from '../providers/methods.ts';

export interface AuthorizationRequest {
  settings: OAuth2Settings;
  /** The settings' own, or the one that discovery found. */
  authorizationUrl: string;
  clientId: string;
  redirectUri: string;
  scopes: readonly string[];
  state: string;
  codeVerifier: string;
}

/** The address at which the person allows the sign-in (RFC 6749 §4.1.1), with PKCE S256 (RFC 7636 §4.3). */
export async function authorizationUrl(request: AuthorizationRequest): Promise<string> {
  const { settings, clientId, redirectUri, scopes, state, codeVerifier } = request;
  const openid = await import('openid-client');
  const authorization_endpoint = request.authorizationUrl;
  const { issuer = new URL(authorization_endpoint).origin } = settings;
  const server = new openid.Configuration({ issuer, authorization_endpoint }, clientId);
  // The definition's schema allows http: only on this machine.
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- the library marks it so that it gets a second look
  if (authorization_endpoint.startsWith('http:')) openid.allowInsecureRequests(server);
  const url = openid.buildAuthorizationUrl(server, {
    ...settings.authorizationParameters,
    client_id: clientId,
    response_type: 'code',
    redirect_uri: redirectUri,
    ...(scopes.length > 0 ? { [settings.scopeParameter]: scopes.join(settings.scopeSeparator) } : {}),
    state,
    ...(settings.pkce
      ? {
          code_challenge: await openid.calculatePKCECodeChallenge(codeVerifier),
          code_challenge_method: 'S256',
        }
      : {}),
  });
  return url.href;
}
