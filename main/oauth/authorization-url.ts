import type { OAuth2Settings } from '../providers/methods.ts';
import { codeChallenge } from './pkce.ts';

export interface AuthorizationRequest {
  settings: OAuth2Settings;
  /** The settings' own, or the one that discovery found. */
  authorizationUrl: string;
  clientId: string;
  redirectUri: string;
  scopes: readonly string[];
  state: string;
  codeVerifier: string;
  /** Comes back in the ID token (OpenID Connect Core §3.1.2.1); null where none is read. */
  nonce?: string | null;
}

/** The address at which the person allows the sign-in (RFC 6749 §4.1.1), with PKCE S256 (RFC 7636 §4.3). */
export function authorizationUrl(request: AuthorizationRequest): string {
  const { settings, clientId, redirectUri, scopes, state, codeVerifier, nonce = null } = request;
  const url = new URL(request.authorizationUrl);
  const parameters: Record<string, string> = {
    ...settings.authorizationParameters,
    client_id: clientId,
    response_type: 'code',
    redirect_uri: redirectUri,
    ...(scopes.length > 0 ? { [settings.scopeParameter]: scopes.join(settings.scopeSeparator) } : {}),
    state,
    ...(nonce === null ? {} : { nonce }),
    ...(settings.pkce ? { code_challenge: codeChallenge(codeVerifier), code_challenge_method: 'S256' } : {}),
    // RFC 8707 §2.1.
    ...(settings.resource === undefined ? {} : { resource: settings.resource }),
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}
