import { clientOf } from '../app-registration.ts';
import { answerBitbucketApi, bitbucketTokens } from '../bitbucket/api.ts';
import { answerBitbucketGit } from '../bitbucket/git.ts';
import { BITBUCKET_SERVER } from '../bitbucket/server.ts';
import { notFound } from '../exchange.ts';
import { answerOAuth, oauthKind } from '../oauth-endpoints.ts';
import { below, type SandboxService } from '../service.ts';

const HOST = '/bitbucket.org';
const SITE = `${HOST}/site/oauth2`;
const PATHS = { authorize: `${SITE}/authorize`, token: `${SITE}/access_token`, revoke: `${SITE}/revoke` };
const API = '/api.bitbucket.org';

/** Bitbucket Cloud with git: OAuth consumers, API tokens, and tokens of a repository, project or workspace. */
export const BITBUCKET_CLOUD: SandboxService = {
  hosts: { 'bitbucket.org': HOST, 'api.bitbucket.org': API },
  kindOf: (_state, { path }) =>
    below(API, path) !== null
      ? 'api'
      : (oauthKind(PATHS, path) ?? (below(HOST, path) === null ? null : 'page')),
  answer: (state, request, use) => {
    const path = below(API, request.path);
    if (path !== null) return answerBitbucketApi(state, request, path);
    return oauthKind(PATHS, request.path)
      ? answerOAuth(state, request, use, BITBUCKET_SERVER, PATHS)
      : notFound();
  },
  stream: (state, request) => {
    const path = below(HOST, request.path);
    return path === null ? null : answerBitbucketGit(state, request, path);
  },
  credentials: (state) => ({
    bitbucket: bitbucketTokens(state).flatMap(({ kind, email, token, workspace }) =>
      kind === 'api' ? [{ email, token, workspace }] : [],
    ),
    bitbucketAccessTokens: bitbucketTokens(state).flatMap(({ kind, token, workspace }) =>
      kind === 'api' ? [] : [{ token, kind, workspace }],
    ),
    oauthClients: [
      {
        provider: 'bitbucket',
        url: `${state.url}/bitbucket.org`,
        clientId: clientOf('bitbucket', 'confidential').clientId,
        clientSecret: clientOf('bitbucket', 'confidential').clientSecret,
      },
    ],
  }),
};
