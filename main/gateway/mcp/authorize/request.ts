import { namedResource, type NamedResource } from '../addresses.ts';
import { requestedScopes } from '../scopes.ts';
import type { McpClient } from './clients.ts';
import { isRegisteredRedirect, withParameters } from './redirects.ts';

/** What a client asks a person for. */
export interface AuthorizationRequest {
  readonly client: McpClient;
  readonly redirectUri: string;
  readonly state: string | null;
  readonly challenge: string;
  readonly resource: NamedResource;
  readonly scopes: readonly string[];
  /** The issuer as this client knows it. */
  readonly issuer: string;
}

export type RequestDecision =
  | { readonly kind: 'asks'; readonly request: AuthorizationRequest }
  /** The client is told, at its redirect address. */
  | { readonly kind: 'redirect'; readonly location: string }
  /** Nobody may be redirected anywhere: only the person is told. */
  | { readonly kind: 'page'; readonly reason: 'unknown-redirect' | 'twice' };

/** Parameters that decide where a code goes and for what: twice is not one (RFC 6749 §3.1). */
const SINGLE = [
  'client_id',
  'redirect_uri',
  'response_type',
  'state',
  'scope',
  'code_challenge',
  'code_challenge_method',
];

/** Reads an authorization request of a known client (RFC 6749 §4.1.1, RFC 7636, RFC 8707). */
export function readAuthorizationRequest(
  query: URLSearchParams,
  client: McpClient,
  { issuer, port }: { issuer: string; port: number },
): RequestDecision {
  if (SINGLE.some((name) => query.getAll(name).length > 1)) return { kind: 'page', reason: 'twice' };
  const redirectUri = query.get('redirect_uri');
  if (redirectUri === null || !isRegisteredRedirect(redirectUri, client.redirectUris))
    return { kind: 'page', reason: 'unknown-redirect' };
  const state = query.get('state');
  const refuse = (error: string, description: string): RequestDecision => ({
    kind: 'redirect',
    location: errorRedirect({ redirectUri, state, issuer }, error, description),
  });
  if (query.get('response_type') !== 'code')
    return refuse('unsupported_response_type', 'Only the response type code is supported.');
  // Without a method RFC 7636 means "plain", which protects nothing.
  if (query.get('code_challenge_method') !== 'S256')
    return refuse('invalid_request', 'PKCE with S256 is required.');
  const challenge = query.get('code_challenge') ?? '';
  if (!/^[\w-]{43}$/.test(challenge))
    return refuse('invalid_request', 'The code challenge is not one of S256.');
  const resources = query.getAll('resource');
  const resource = resources.length > 1 ? null : namedResource(resources[0] ?? null, port);
  if (resource === null) return refuse('invalid_target', 'This resource is not served here.');
  if (query.get('prompt') === 'none') return refuse('consent_required', 'A person has to consent.');
  const scopes = requestedScopes(query.get('scope'));
  return { kind: 'asks', request: { client, redirectUri, state, challenge, resource, scopes, issuer } };
}

/** An error for the client (RFC 6749 §4.1.2.1), with `iss` (RFC 9207) as every answer. */
export const errorRedirect = (
  { redirectUri, state, issuer }: Pick<AuthorizationRequest, 'redirectUri' | 'state' | 'issuer'>,
  error: string,
  description: string,
): string => withParameters(redirectUri, { error, error_description: description, state, iss: issuer });
