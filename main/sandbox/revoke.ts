import { json, oauthError, type Reply } from './exchange.ts';
import { ATLASSIAN_SERVER, type OAuthServer } from './oauth-server.ts';
import type { SandboxState } from './sandbox-state.ts';
import { authenticate, type Parameters } from './token-endpoint.ts';

/** RFC 7009: revokes the complete grant; answers 200 for an unknown token too. */
export function answerRevoke(
  state: SandboxState,
  parameters: Parameters,
  server: OAuthServer = ATLASSIAN_SERVER,
): Reply {
  const app = authenticate(state, parameters, server);
  if (!app) return oauthError(401, server.clientFault, 'Unauthorized');
  const token = parameters.get('token') ?? '';
  const family = state.mint.readRefreshToken(token)?.family;
  const id =
    family === undefined
      ? state.mint.readAccessToken(token)?.grant
      : (state.grants.grantOfFamily(family) ?? undefined);
  state.grants.revoke((grant) => grant.id === id && grant.clientId === app.clientId);
  return json(200, {});
}
