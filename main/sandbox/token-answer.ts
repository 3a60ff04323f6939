import type { ExpiresInShape } from './conditions.ts';
import { json, oauthError, type Reply } from './exchange.ts';
import type { Grant } from './grants.ts';
import type { OAuthServer } from './oauth-server.ts';
import { findAccount, type SandboxState } from './sandbox-state.ts';
import type { RefreshClaims } from './token-mint.ts';

export interface Issue {
  grant: Grant;
  scopes: readonly string[];
  /** Whose refresh token the answer has: a new sign-in's, an existing one's, or none. */
  family: 'new' | RefreshClaims | null;
}

/** A successful answer of a token endpoint (RFC 6749 §5.1). */
export function tokenAnswer(state: SandboxState, server: OAuthServer, issue: Issue): Reply {
  const { grant } = issue;
  if (!findAccount(state, grant.person))
    return oauthError(server.grantFaultStatus, 'invalid_grant', 'Unknown account');
  const granted = issue.scopes.filter((scope) => !state.conditions.withoutScopes.includes(scope));
  const refreshable = server.refreshTokens === 'always' || granted.includes('offline_access');
  const family =
    issue.family !== 'new'
      ? issue.family
      : refreshable
        ? state.grants.startFamily(grant, state.clock.now())
        : null;
  const seconds = state.conditions.accessTokenTtlSeconds * server.hours;
  const scope = granted.join(' ');
  return json(200, {
    access_token: accessTokenFor(
      state,
      grant,
      scope,
      seconds,
      server.refreshEndsAccessTokens ? family : null,
    ),
    ...(family === null ? {} : { refresh_token: state.mint.refreshToken(family) }),
    ...EXPIRES_IN[state.conditions.expiresInAs](seconds),
    [server.scopeField]: scope,
    token_type: 'Bearer',
  });
}

/** An access token under a grant. With `family`, it ends when that family's refresh token is replaced. */
export function accessTokenFor(
  state: SandboxState,
  grant: Grant,
  scope: string,
  seconds: number,
  family: RefreshClaims | null = null,
): string {
  const iat = Math.floor(state.clock.now() / 1000);
  return state.mint.accessToken({
    grant: grant.id,
    sub: findAccount(state, grant.person)?.accountId ?? '',
    client_id: grant.clientId,
    scope,
    iat,
    exp: iat + seconds,
    ...(family ?? {}),
  });
}

const EXPIRES_IN: Record<ExpiresInShape, (seconds: number) => { expires_in?: number | string }> = {
  number: (seconds) => ({ expires_in: seconds }),
  string: (seconds) => ({ expires_in: String(seconds) }),
  zero: () => ({ expires_in: 0 }),
  negative: () => ({ expires_in: -1 }),
  absent: () => ({}),
};
