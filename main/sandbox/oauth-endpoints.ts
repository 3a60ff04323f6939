import { answerAuthorize } from './authorize.ts';
import { notFound, type Reply, type SandboxRequest } from './exchange.ts';
import type { OAuthServer } from './oauth-server.ts';
import type { RefreshUse } from './refresh-uses.ts';
import { malformedParameters, parametersWithClient, tokenParameters } from './request-parameters.ts';
import { answerRevoke } from './revoke.ts';
import type { SandboxState } from './sandbox-state.ts';
import type { EndpointKind } from './service.ts';
import { answerToken } from './token-endpoint.ts';

/** Paths of an authorization server's endpoints. */
export interface OAuthPaths {
  authorize: string;
  token: string;
  revoke: string;
}

/** Null for a path that is none of them. */
export function oauthKind({ authorize, token, revoke }: OAuthPaths, path: string): EndpointKind | null {
  if (path === token) return 'token';
  return path === authorize || path === revoke ? 'page' : null;
}

/** Answers at the endpoints of an authorization server. */
export function answerOAuth(
  state: SandboxState,
  request: SandboxRequest,
  use: RefreshUse | null,
  server: OAuthServer,
  paths: OAuthPaths,
): Reply {
  const { method, path } = request;
  if (path === paths.authorize)
    return method === 'GET' || method === 'POST' ? answerAuthorize(state, request, server) : notFound();
  if (method !== 'POST') return notFound();
  const parameters = server.basicClients ? parametersWithClient(request) : tokenParameters(request);
  if (!parameters) return malformedParameters();
  return path === paths.token
    ? answerToken(state, parameters, use, server)
    : answerRevoke(state, parameters, server);
}
