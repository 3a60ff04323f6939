import { clientOf } from '../app-registration.ts';
import { json, text, webPage, type Reply } from '../exchange.ts';
import { askForPassword, gitAddress } from '../git/address.ts';
import { answerOAuth, oauthKind, type OAuthPaths } from '../oauth-endpoints.ts';
import { STANDARD_SERVER, type OAuthServer } from '../oauth-server.ts';
import type { SandboxPerson } from '../people.ts';
import type { SandboxState } from '../sandbox-state.ts';
import { below, type SandboxService } from '../service.ts';
import { dataCenterCaller, LOGIN_PATH, passwordOf, personalAccessToken } from './caller.ts';
import { answerLogin } from './login.ts';

export interface DataCenterCall {
  person: SandboxPerson;
  /** Address of the instance, context path included. */
  base: string;
  query: URLSearchParams;
  argument: string;
}

export interface DataCenterProduct {
  /** The provider's id. */
  provider: string;
  name: string;
  /** Context path. */
  path: string;
  /** Whether one can list one's own personal access tokens. */
  listsTokens: boolean;
  /** Whether personal access tokens are taken as passwords too. */
  tokensAsPasswords?: true;
  /** Whether its OAuth clients can act as an account of their own. */
  clientCredentials: boolean;
  /** What anybody who is not signed in is told at a path; null: that they must sign in. */
  anonymous?: (path: string) => Reply | null;
  /** Its git repository as `PROJECT/name`, at `/scm`. */
  repository?: string;
  /** Resources, read by GET: path below the context path, and answer. */
  reads: readonly [path: RegExp, answer: (call: DataCenterCall) => Reply][];
}

/** A Data Center product: personal access tokens, OAuth 2.0 and passwords under a context path. */
export function dataCenter(product: DataCenterProduct): SandboxService {
  const { provider, path: context } = product;
  const server = serverOf(product);
  const oauth = `${context}/rest/oauth2/latest`;
  const paths: OAuthPaths = {
    authorize: `${oauth}/authorize`,
    token: `${oauth}/token`,
    revoke: `${oauth}/revoke`,
  };
  return {
    hosts: {},
    kindOf: (_state, { path }) => {
      const inner = below(context, path);
      if (inner === null) return null;
      return oauthKind(paths, path) ?? (inner.startsWith(LOGIN_PATH) ? 'page' : 'api');
    },
    answer: (state, request, use) => {
      const path = below(context, request.path) ?? '/';
      if (path === LOGIN_PATH) return answerLogin(state, request, product);
      if (state.conditions.loginPage) return webPage(200, `Log in – ${product.name}`);
      if (oauthKind(paths, request.path)) return answerOAuth(state, request, use, server, paths);
      const caller = dataCenterCaller(state, request, product, server);
      if ('status' in caller) return caller;
      if (!caller.person) return product.anonymous?.(path) ?? signInFirst();
      if (request.method !== 'GET') return json(405, { message: 'Method Not Allowed' });
      if (product.listsTokens && path === '/rest/pat/latest/tokens')
        return json(200, tokenList(state, product, caller.person));
      for (const [pattern, answer] of product.reads) {
        const match = pattern.exec(path);
        if (match)
          return answer({
            person: caller.person,
            base: `${state.url}${context}`,
            query: request.query,
            argument: match[1] ?? '',
          });
      }
      return text(404, 'null for uri');
    },
    stream: (state, request) => {
      const path = below(`${context}/scm`, request.path);
      const address = path === null || product.repository === undefined ? null : gitAddress(path);
      if (address === null || state.conditions.loginPage) return null;
      const caller = dataCenterCaller(state, request, product, server);
      const refusal = 'status' in caller ? caller : caller.person === null ? signInFirst() : null;
      if (refusal !== null)
        return refusal.status === 401
          ? { ...refusal, headers: { ...refusal.headers, ...askForPassword(product.name) } }
          : refusal;
      if (address.repository.toLowerCase() !== product.repository?.toLowerCase())
        return text(404, 'Repository not found\n');
      const user = 'person' in caller ? (caller.person?.key ?? '') : '';
      return state.git.stream({ resource: address.resource, query: request.query.toString(), user });
    },
    credentials: (state) => ({
      dataCenter: state.people.slice(0, 2).map((person) => ({
        provider,
        url: `${state.url}${context}`,
        personalAccessToken: personalAccessToken(state, provider, person),
        username: person.key,
        password: passwordOf(state, provider, person),
      })),
      oauthClients: server.apps(state).map(({ clientId, clientSecret }) => ({
        provider,
        url: `${state.url}${context}`,
        clientId,
        clientSecret,
      })),
    }),
  };
}

/** One client for people and, where the product has that, one that acts as a service account. */
function serverOf({ provider, name, clientCredentials }: DataCenterProduct): OAuthServer {
  const app = clientOf(provider, 'confidential');
  const service = {
    ...clientOf(`${provider}-service`, 'confidential'),
    account: {
      key: 'build-bot',
      scopes: ['READ', 'WRITE', 'REPO_READ', 'REPO_WRITE'],
      sites: 'all' as const,
    },
  };
  return {
    ...STANDARD_SERVER,
    name,
    apps: () => (clientCredentials ? [app, service] : [app]),
    grantTypes: [
      'authorization_code',
      'refresh_token',
      ...(clientCredentials ? (['client_credentials'] as const) : []),
    ],
    basicClients: false,
    httpsCallbackOnly: ({ conditions }) => conditions.httpsCallbackOnly,
    codeLifetimeMs: 10_000,
    rotation: { reuseWindowSeconds: 0, idleLifetimeSeconds: 90 * 86_400 },
    repeatRedirectUri: true,
    refreshEndsAccessTokens: true,
  };
}

const signInFirst = (): Reply =>
  json(
    401,
    { message: 'Client must be authenticated to access this resource.', 'status-code': 401 },
    { 'x-seraph-loginreason': 'AUTHENTICATED_FAILED', 'www-authenticate': 'OAuth realm=""' },
  );

const DAY_MS = 86_400_000;

/** Every token of the person, an expired one too; which of them makes the request is not told. */
function tokenList(state: SandboxState, { provider }: DataCenterProduct, person: SandboxPerson): object[] {
  const ended = state.ended.how(personalAccessToken(state, provider, person));
  const at = (ms: number): string => new Date(ms).toISOString();
  const { createdAt } = state;
  const entry = (id: number, name: string, days: number): object => ({
    id,
    name,
    createdAt: at(createdAt),
    expiringAt: at(createdAt + days * DAY_MS),
  });
  return [
    ...(ended === 'revoked' ? [] : [entry(1, 'tokentray', ended === 'expired' ? 0 : 90)]),
    entry(2, 'backup script', 365),
  ];
}
