import { clientOf } from '../app-registration.ts';
import { allows, oauthCaller } from '../caller.ts';
import { json, notFound, oauthError, text, type SandboxRequest } from '../exchange.ts';
import { answerOAuth, oauthKind } from '../oauth-endpoints.ts';
import { STANDARD_SERVER, type OAuthServer } from '../oauth-server.ts';
import { tokenParameters } from '../request-parameters.ts';
import { below, type SandboxService } from '../service.ts';

const APP = clientOf('trello', 'public');
const PATHS = { authorize: '/authorize', token: '/oauth/token', revoke: '/oauth/revoke' };
const API = '/api.trello.com';

/** Public clients are allowed; nobody picks sites. The value of `audience` is not documented, so any will do. */
const SERVER: OAuthServer = {
  ...STANDARD_SERVER,
  name: 'Trello',
  apps: () => [APP],
  basicClients: false,
  grantFaultStatus: 403,
};

const isOurs = (request: SandboxRequest): boolean =>
  [request.query.get('client_id'), tokenParameters(request)?.get('client_id')].includes(APP.clientId);

/** Trello: OAuth 2.0 at Atlassian's authorization server, told apart by the client. */
export const TRELLO: SandboxService = {
  hosts: { 'api.trello.com': API, 'trello.com': '/trello.com' },
  kindOf: (_state, request) => {
    if (below(API, request.path) !== null) return 'api';
    const kind = oauthKind(PATHS, request.path);
    return kind !== null && isOurs(request) ? kind : null;
  },
  answer: (state, request, use) => {
    const path = below(API, request.path);
    if (path === null) {
      const isJson = /^application\/json\b/i.test(request.headers['content-type'] ?? '');
      return request.path === PATHS.token && !isJson
        ? oauthError(400, 'invalid_request', 'Send JSON')
        : answerOAuth(state, request, use, SERVER, PATHS);
    }
    const caller = oauthCaller(state, request, SERVER);
    if (!caller) return text(401, 'invalid token');
    if (request.method !== 'GET') return notFound();
    const { key, accountId, name, email } = caller.person;
    if (path === '/1/members/me')
      return allows(caller, [['read:member:trello']])
        ? json(200, { id: accountId.slice(-12), username: key, fullName: name, email, memberType: 'normal' })
        : text(401, 'unauthorized permission requested');
    if (path === '/1/members/me/boards')
      return allows(caller, [['read:board:trello']])
        ? json(200, [{ id: '5f0000000000000000000001', name: 'Tray', closed: false }])
        : text(401, 'unauthorized permission requested');
    return text(404, 'Not Found');
  },
  credentials: ({ url }) => ({
    oauthClients: [{ provider: 'trello', url, clientId: APP.clientId, clientSecret: null }],
  }),
};
