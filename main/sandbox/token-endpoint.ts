import { createHash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { AppRegistration } from './app-registration.ts';
import type { ExpiresInShape } from './conditions.ts';
import { json, oauthError, parseJson, type Reply, type SandboxRequest } from './exchange.ts';
import type { Grant } from './grants.ts';
import type { RefreshUse } from './refresh-uses.ts';
import type { SandboxState } from './sandbox-state.ts';

const JsonParameters = z.record(z.string(), z.unknown());

/** The parameters of a token or revocation request, form-encoded or JSON; null when the body is neither. */
export function tokenParameters({ headers, body }: SandboxRequest): ReadonlyMap<string, string> | null {
  const type = headers['content-type'] ?? '';
  if (/^application\/x-www-form-urlencoded\b/i.test(type)) return new Map(new URLSearchParams(body));
  if (!/^application\/json\b/i.test(type)) return null;
  const parsed = JsonParameters.safeParse(parseJson(body));
  if (!parsed.success) return null;
  return new Map(
    Object.entries(parsed.data).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value] as const] : [],
    ),
  );
}

/**
 * `POST /oauth/token`. A wrong client is 401 `access_denied`, as at Atlassian, so that it is not mistaken for a dead
 * grant. `use` records the status of the refresh token.
 */
export function answerToken(
  state: SandboxState,
  parameters: ReadonlyMap<string, string>,
  use: RefreshUse | null,
): Reply {
  const app = authenticate(state.apps, parameters);
  if (!app) return oauthError(401, 'access_denied', 'Unauthorized');
  switch (parameters.get('grant_type')) {
    case 'authorization_code':
      return exchangeCode(state, app, parameters);
    case 'refresh_token':
      return refresh(state, app, parameters, use);
    case undefined:
      return oauthError(400, 'invalid_request', 'grant_type is missing');
    default:
      return oauthError(403, 'unsupported_grant_type', 'Grant type not supported');
  }
}

export function authenticate(
  apps: readonly AppRegistration[],
  parameters: ReadonlyMap<string, string>,
): AppRegistration | null {
  const app = apps.find(({ clientId }) => clientId === parameters.get('client_id'));
  return app && sameText(app.clientSecret, parameters.get('client_secret') ?? '') ? app : null;
}

function exchangeCode(
  state: SandboxState,
  app: AppRegistration,
  parameters: ReadonlyMap<string, string>,
): Reply {
  const now = state.clock.now();
  const binding = state.codes.take(parameters.get('code') ?? '', now);
  if (binding?.clientId !== app.clientId)
    return oauthError(403, 'invalid_grant', 'Invalid authorization code');
  if (binding.redirectUri !== parameters.get('redirect_uri'))
    return oauthError(403, 'invalid_grant', 'The redirect_uri is not the one of the authorization request');
  const challenge = createHash('sha256')
    .update(parameters.get('code_verifier') ?? '')
    .digest('base64url');
  if (!sameText(binding.challenge, challenge))
    return oauthError(403, 'invalid_grant', 'Failed to verify code verifier');
  const grant = state.grants.get(binding.grant.id);
  if (!grant) return oauthError(403, 'invalid_grant', 'Invalid authorization code');
  const withRefresh = grantedScopes(state, binding.scopes).includes('offline_access');
  const first = withRefresh ? state.grants.startFamily(grant, now) : null;
  return tokens(state, grant, binding.scopes, first && state.mint.refreshToken(first));
}

function refresh(
  state: SandboxState,
  app: AppRegistration,
  parameters: ReadonlyMap<string, string>,
  use: RefreshUse | null,
): Reply {
  const claims = state.mint.readRefreshToken(parameters.get('refresh_token') ?? '');
  // Someone may withdraw offline_access: then the answer has no refresh token, and the old one stays valid.
  const keep = state.conditions.withoutScopes.includes('offline_access');
  const owner = claims && state.grants.get(state.grants.grantOfFamily(claims.family) ?? '');
  const rotation =
    claims && owner?.clientId === app.clientId
      ? state.grants.rotate(claims.family, claims.serial, state.clock.now(), keep)
      : ({ standing: 'unknown' } as const);
  if (use) state.uses.judge(use, rotation.standing);
  if (!claims || !('grant' in rotation)) return deadToken(state);
  const { grant, serial } = rotation;
  return tokens(
    state,
    grant,
    grant.scopes,
    keep ? null : state.mint.refreshToken({ family: claims.family, serial }),
  );
}

/** Documented as `invalid_grant`; `unauthorized_client` has been observed. */
function deadToken({ conditions }: SandboxState): Reply {
  return conditions.goneAs === 'invalid_grant'
    ? oauthError(403, 'invalid_grant', 'Unknown or invalid refresh token.')
    : oauthError(403, 'unauthorized_client', 'refresh_token is invalid');
}

function tokens(
  state: SandboxState,
  grant: Grant,
  asked: readonly string[],
  refreshToken: string | null,
): Reply {
  const person = state.people.find(({ key }) => key === grant.person);
  if (!person) return deadToken(state);
  const { accessTokenTtlSeconds, expiresInAs } = state.conditions;
  const scope = grantedScopes(state, asked).join(' ');
  const iat = Math.floor(state.clock.now() / 1000);
  const accessToken = state.mint.accessToken({
    grant: grant.id,
    sub: person.accountId,
    client_id: grant.clientId,
    scope,
    iat,
    exp: iat + accessTokenTtlSeconds,
  });
  return json(200, {
    access_token: accessToken,
    ...(refreshToken === null ? {} : { refresh_token: refreshToken }),
    ...EXPIRES_IN[expiresInAs](accessTokenTtlSeconds),
    scope,
    token_type: 'Bearer',
  });
}

const grantedScopes = ({ conditions }: SandboxState, asked: readonly string[]): string[] =>
  asked.filter((scope) => !conditions.withoutScopes.includes(scope));

const EXPIRES_IN: Record<ExpiresInShape, (seconds: number) => { expires_in?: number | string }> = {
  number: (seconds) => ({ expires_in: seconds }),
  string: (seconds) => ({ expires_in: String(seconds) }),
  zero: () => ({ expires_in: 0 }),
  negative: () => ({ expires_in: -1 }),
  absent: () => ({}),
};

/** `POST /oauth/revoke` (RFC 7009): revokes the complete grant; answers 200 for an unknown token too. */
export function answerRevoke(state: SandboxState, parameters: ReadonlyMap<string, string>): Reply {
  const app = authenticate(state.apps, parameters);
  if (!app) return oauthError(401, 'access_denied', 'Unauthorized');
  const token = parameters.get('token') ?? '';
  const family = state.mint.readRefreshToken(token)?.family;
  const id =
    family === undefined
      ? state.mint.readAccessToken(token)?.grant
      : (state.grants.grantOfFamily(family) ?? undefined);
  state.grants.revoke((grant) => grant.id === id && grant.clientId === app.clientId);
  return json(200, {});
}

function sameText(expected: string, given: string): boolean {
  const [a, b] = [expected, given].map((text) => createHash('sha256').update(text).digest());
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
}
