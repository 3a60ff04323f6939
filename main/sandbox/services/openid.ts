import { allows, oauthCaller } from '../caller.ts';
import { json, notFound, type Reply, type SandboxRequest } from '../exchange.ts';
import { answerOAuth, oauthKind } from '../oauth-endpoints.ts';
import { answerDevicePage, DEVICE_PATH, startDeviceSignIn } from '../openid/device.ts';
import { OPENID_PATH, OPENID_SERVER, OPENID_SERVICE } from '../openid/server.ts';
import { registerClient } from '../register-client.ts';
import type { SandboxState } from '../sandbox-state.ts';
import { below, type SandboxService } from '../service.ts';

const PATHS = {
  authorize: `${OPENID_PATH}/authorize`,
  token: `${OPENID_PATH}/token`,
  revoke: `${OPENID_PATH}/revoke`,
};
const METADATA = [
  `${OPENID_PATH}/.well-known/openid-configuration`,
  `/.well-known/oauth-authorization-server${OPENID_PATH}`,
];

/** A provider that nobody has a definition for: discovery, registration, device sign-in, userinfo. */
export const OPENID: SandboxService = {
  hosts: { 'openid.example': OPENID_PATH },
  kindOf: (_state, { path }) => {
    if (METADATA.includes(path)) return 'page';
    if (below(OPENID_PATH, path) === null) return null;
    return oauthKind(PATHS, path) ?? (path === `${OPENID_PATH}/userinfo` ? 'api' : 'page');
  },
  answer: (state, request, use) => {
    const { method, path } = request;
    if (oauthKind(PATHS, path)) return answerOAuth(state, request, use, OPENID_SERVER, PATHS);
    if (path === DEVICE_PATH) return answerDevicePage(state, request);
    if (method === 'POST' && path === `${OPENID_PATH}/device_authorization`)
      return startDeviceSignIn(state, request);
    if (method === 'POST' && path === `${OPENID_PATH}/register`)
      return registerClient(state, request, OPENID_SERVICE, 'as-asked');
    if (path === `${OPENID_PATH}/userinfo`) return userinfo(state, request);
    if (method === 'GET' && METADATA.includes(path)) return json(200, metadata(state.url));
    return method === 'GET' && path === `${OPENID_PATH}/jwks` ? json(200, { keys: [] }) : notFound();
  },
  credentials: (state) => ({
    oauthClients: [
      {
        provider: OPENID_SERVICE,
        url: state.url + OPENID_PATH,
        clientId: `tokentray-sandbox-${OPENID_SERVICE}`,
        clientSecret: null,
      },
    ],
  }),
};

/** OpenID Connect Core §5.3. */
function userinfo(state: SandboxState, request: SandboxRequest): Reply {
  const caller = oauthCaller(state, request, OPENID_SERVER);
  if (!caller)
    return json(401, { error: 'invalid_token' }, { 'www-authenticate': 'Bearer error="invalid_token"' });
  const { accountId, name, email, key } = caller.person;
  return json(200, {
    sub: accountId,
    ...(allows(caller, [['profile']]) ? { name, preferred_username: key } : {}),
    ...(allows(caller, [['email']]) ? { email, email_verified: true } : {}),
  });
}

/** RFC 8414 §2, RFC 8628 §4, and what OpenID Connect Discovery §3 requires. */
function metadata(url: string): object {
  const at = (path: string): string => url + OPENID_PATH + path;
  return {
    issuer: url + OPENID_PATH,
    authorization_endpoint: at('/authorize'),
    token_endpoint: at('/token'),
    revocation_endpoint: at('/revoke'),
    registration_endpoint: at('/register'),
    device_authorization_endpoint: at('/device_authorization'),
    userinfo_endpoint: at('/userinfo'),
    jwks_uri: at('/jwks'),
    scopes_supported: ['profile', 'email', 'offline_access'],
    response_types_supported: ['code'],
    grant_types_supported: OPENID_SERVER.grantTypes,
    code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: ['none', 'client_secret_basic', 'client_secret_post'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    authorization_response_iss_parameter_supported: true,
  };
}
