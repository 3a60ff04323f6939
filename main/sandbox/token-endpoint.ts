import { createHash, timingSafeEqual } from 'node:crypto';
import type { AppRegistration } from './app-registration.ts';
import { oauthError, type Reply } from './exchange.ts';
import { ATLASSIAN_SERVER, type OAuthServer } from './oauth-server.ts';
import type { RefreshUse } from './refresh-uses.ts';
import type { SandboxState } from './sandbox-state.ts';
import { tokenAnswer } from './token-answer.ts';

export type Parameters = ReadonlyMap<string, string>;

/**
 * The token endpoint of a server. At Atlassian a wrong client is 401 `access_denied`, so that it is not mistaken for a
 * dead grant. `use` records the status of the refresh token.
 */
export function answerToken(
  state: SandboxState,
  parameters: Parameters,
  use: RefreshUse | null,
  server: OAuthServer = ATLASSIAN_SERVER,
): Reply {
  const app = authenticate(state, parameters, server);
  if (!app) return oauthError(401, server.clientFault, 'Unauthorized');
  const type = parameters.get('grant_type');
  if (type === undefined) return oauthError(400, 'invalid_request', 'grant_type is missing');
  const resources = server.resources?.(state);
  if (resources && !resources.includes(parameters.get('resource') ?? ''))
    return oauthError(400, 'invalid_target', 'resource must be the exact address of a server');
  const grantType = server.grantTypes.find((known) => known === type);
  switch (grantType) {
    case 'authorization_code':
      return exchangeCode(state, app, parameters, server);
    case 'refresh_token':
      return refresh(state, app, parameters, use, server);
    case 'client_credentials':
      return signInClient(state, app, parameters, server);
    case 'urn:ietf:params:oauth:grant-type:device_code':
      return exchangeDeviceCode(state, app, parameters, server);
    case undefined:
      return oauthError(server.grantFaultStatus, 'unsupported_grant_type', 'Grant type not supported');
  }
}

/** The client of a request, by `client_id` and `client_secret`; null if it is not one of the server's. */
export function authenticate(
  state: SandboxState,
  parameters: Parameters,
  server: OAuthServer,
): AppRegistration | null {
  const app = server.apps(state).find(({ clientId }) => clientId === parameters.get('client_id'));
  if (!app) return null;
  if (app.clientSecret === null) return app;
  const good = sameText(app.clientSecret, parameters.get('client_secret') ?? '');
  return good && state.ended.how(app.clientSecret) === null ? app : null;
}

function exchangeCode(
  state: SandboxState,
  app: AppRegistration,
  parameters: Parameters,
  server: OAuthServer,
): Reply {
  const refuse = (description: string): Reply =>
    oauthError(server.grantFaultStatus, 'invalid_grant', description);
  const now = state.clock.now();
  const binding = state.codes.take(parameters.get('code') ?? '', now, server.codeLifetimeMs);
  if (binding?.clientId !== app.clientId) return refuse('Invalid authorization code');
  if (binding.redirectUri !== parameters.get('redirect_uri'))
    return refuse('The redirect_uri is not the one of the authorization request');
  const challenge = createHash('sha256')
    .update(parameters.get('code_verifier') ?? '')
    .digest('base64url');
  if (binding.challenge !== null && !sameText(binding.challenge, challenge))
    return refuse('Failed to verify code verifier');
  const grant = state.grants.get(binding.grant.id);
  if (!grant) return refuse('Invalid authorization code');
  return tokenAnswer(state, server, { grant, scopes: binding.scopes, family: 'new' });
}

function refresh(
  state: SandboxState,
  app: AppRegistration,
  parameters: Parameters,
  use: RefreshUse | null,
  server: OAuthServer,
): Reply {
  // Data Center says no more than this.
  if (server.repeatRedirectUri && !parameters.get('redirect_uri'))
    return oauthError(server.grantFaultStatus, 'invalid_grant');
  const claims = state.mint.readRefreshToken(parameters.get('refresh_token') ?? '');
  // Someone may withdraw offline_access: then the answer has no refresh token, and the old one stays valid.
  const keep =
    server.refreshTokens === 'offline_access' && state.conditions.withoutScopes.includes('offline_access');
  const owner = claims && state.grants.get(state.grants.grantOfFamily(claims.family) ?? '');
  const rotation =
    claims && owner?.clientId === app.clientId
      ? state.grants.rotate(claims.family, claims.serial, state.clock.now(), keep, server.rotation)
      : ({ standing: 'unknown' } as const);
  if (use) state.uses.judge(use, rotation.standing);
  if (!claims || !('grant' in rotation)) return deadToken(state, server);
  const { grant, serial } = rotation;
  const family = { family: claims.family, serial };
  return tokenAnswer(state, server, { grant, scopes: grant.scopes, family: keep ? null : family });
}

/** RFC 6749 §4.4: never with a refresh token. */
function signInClient(
  state: SandboxState,
  app: AppRegistration,
  parameters: Parameters,
  server: OAuthServer,
): Reply {
  const { clientId, account } = app;
  if (!account) return oauthError(server.grantFaultStatus, 'unauthorized_client', 'Not for this client');
  const asked = (parameters.get('scope') ?? '').split(' ').filter((scope) => scope !== '');
  const scopes = asked.length === 0 ? account.scopes : asked;
  if (!scopes.every((scope) => account.scopes.includes(scope)))
    return oauthError(400, 'invalid_scope', 'The client was not given this scope');
  const grant = state.grants.consent({ clientId, person: account.key, scopes, sites: account.sites });
  return tokenAnswer(state, server, { grant, scopes, family: null });
}

/** RFC 8628 §3.5. */
function exchangeDeviceCode(
  state: SandboxState,
  app: AppRegistration,
  parameters: Parameters,
  server: OAuthServer,
): Reply {
  const code = parameters.get('device_code') ?? '';
  const poll = state.deviceCodes.poll(code, app.clientId, state.clock.now());
  if (poll.state !== 'approved') return oauthError(400, poll.state);
  const { scopes, person } = poll;
  const grant = state.grants.consent({ clientId: app.clientId, person, scopes, sites: 'all' });
  return tokenAnswer(state, server, { grant, scopes, family: 'new' });
}

/** At Atlassian documented as `invalid_grant`; `unauthorized_client` has been observed. */
function deadToken({ conditions }: SandboxState, server: OAuthServer): Reply {
  const atAtlassian = server === ATLASSIAN_SERVER;
  return atAtlassian && conditions.goneAs === 'unauthorized_client'
    ? oauthError(403, 'unauthorized_client', 'refresh_token is invalid')
    : oauthError(server.grantFaultStatus, 'invalid_grant', 'Unknown or invalid refresh token.');
}

export function sameText(expected: string, given: string): boolean {
  const [a, b] = [expected, given].map((text) => createHash('sha256').update(text).digest());
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
}
