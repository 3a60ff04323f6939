import { timingSafeEqual } from 'node:crypto';
import { codeChallenge } from '../../../oauth/pkce.ts';
import { namedResource, type NamedResource } from '../addresses.ts';
import { oauthError, type JsonAnswer } from '../answers.ts';
import type { McpServers } from '../ports.ts';
import type { McpClients } from './clients.ts';
import type { AuthorizationCodes } from './codes.ts';
import type { GivenTokens, McpGrants } from './grants.ts';

export interface TokenEndpoint {
  readonly clients: McpClients;
  readonly codes: AuthorizationCodes;
  readonly grants: McpGrants;
  readonly servers: McpServers;
  /** Of our door. */
  readonly port: () => number;
}

const REPEATABLE = new Set(['resource']);
const invalidGrant = (description: string): JsonAnswer => oauthError(400, 'invalid_grant', description);
const invalidTarget = (): JsonAnswer =>
  oauthError(400, 'invalid_target', 'The token is for another resource.');

/** Gives tokens for a code or a refresh token (RFC 6749 §4.1.3, §6). Clients are public: no secret is asked for. */
export function answerToken(endpoint: TokenEndpoint, form: URLSearchParams): JsonAnswer {
  const names = [...form.keys()].filter((name) => !REPEATABLE.has(name));
  if (new Set(names).size !== names.length)
    return oauthError(400, 'invalid_request', 'A parameter is given twice.');
  const clientId = form.get('client_id') ?? '';
  // What makes clients register again instead of failing for good.
  if (!endpoint.clients.isKnown(clientId))
    return oauthError(401, 'invalid_client', 'This client is not known here.');
  switch (form.get('grant_type')) {
    case 'authorization_code':
      return exchangeCode(endpoint, clientId, form);
    case 'refresh_token':
      return refresh(endpoint, clientId, form);
    case null:
    default:
      return oauthError(400, 'unsupported_grant_type', 'Use authorization_code or refresh_token.');
  }
}

function exchangeCode(endpoint: TokenEndpoint, clientId: string, form: URLSearchParams): JsonAnswer {
  const { codes, grants } = endpoint;
  const taken = codes.take(form.get('code') ?? '');
  if (taken === null) return invalidGrant('The code is unknown, or its time is over.');
  if (taken.kind === 'used') {
    // Either the first use or this one was not the client's (RFC 6749 §4.1.2).
    grants.end(taken.grant);
    return invalidGrant('The code was used already.');
  }
  const { request, resource } = taken.consented;
  if (request.client.id !== clientId) return invalidGrant('The code is for another client.');
  if (form.get('redirect_uri') !== request.redirectUri)
    return invalidGrant('The redirect URI is not the one of the request.');
  if (!isVerifier(form.get('code_verifier') ?? '', request.challenge))
    return invalidGrant('The code verifier does not fit.');
  if (!namesAll(endpoint, form, { connection: resource.connection.id, server: resource.server.id }))
    return invalidTarget();
  const given = grants.begin(taken.consented);
  if (!given.ok)
    return oauthError(503, 'temporarily_unavailable', 'The sign-in cannot be kept at the moment.');
  taken.ledTo(given.value.grant);
  return tokenAnswer(given.value);
}

function refresh(endpoint: TokenEndpoint, clientId: string, form: URLSearchParams): JsonAnswer {
  const token = form.get('refresh_token') ?? '';
  const grant = endpoint.grants.ofRefreshToken(token, clientId);
  if (grant === null) return invalidGrant('The refresh token is unknown, or was revoked.');
  if (!namesAll(endpoint, form, grant)) return invalidTarget();
  const wanted = (form.get('scope') ?? '').split(' ').filter((scope) => scope !== '');
  if (wanted.some((scope) => !grant.scopes.includes(scope)))
    return oauthError(400, 'invalid_scope', 'More than what the person consented to.');
  const given = endpoint.grants.refresh(grant, token);
  if (given === 'gone') return invalidGrant('The refresh token was used already.');
  return given.ok
    ? tokenAnswer(given.value)
    : oauthError(503, 'temporarily_unavailable', 'The tokens cannot be kept at the moment.');
}

function isVerifier(verifier: string, challenge: string): boolean {
  // RFC 7636 §4.1
  if (!/^[\w.~-]{43,128}$/.test(verifier)) return false;
  const made = Buffer.from(codeChallenge(verifier));
  const wanted = Buffer.from(challenge);
  return made.length === wanted.length && timingSafeEqual(made, wanted);
}

/** Whether every resource that the request names is, or contains, the one that the token is for. */
const namesAll = (
  { servers, port }: TokenEndpoint,
  form: URLSearchParams,
  { connection, server }: { connection: string; server: string },
): boolean =>
  form.getAll('resource').every((resource) => {
    const named = namedResource(resource, port());
    return named !== null && covers(servers, named, connection, server);
  });

function covers(servers: McpServers, named: NamedResource, connection: string, server: string): boolean {
  if (named.kind === 'any') return true;
  const found = servers.find(named.connection, named.kind === 'one' ? named.server : server);
  return found?.connection.id === connection && (named.kind === 'connection' || named.server === server);
}

const tokenAnswer = ({ accessToken, refreshToken, expiresInSeconds, scopes }: GivenTokens): JsonAnswer => ({
  status: 200,
  headers: { 'cache-control': 'no-store', pragma: 'no-cache' },
  body: {
    access_token: accessToken,
    token_type: 'Bearer',
    expires_in: expiresInSeconds,
    refresh_token: refreshToken,
    scope: scopes.join(' '),
  },
});
