import { isoTime } from '../../lib/clock.ts';
import { apiTokens } from '../atlassian/api-tokens.ts';
import { answerApi } from '../atlassian/gateway.ts';
import { mediaFile } from '../atlassian/attachments.ts';
import { answerSite, SITE_PREFIX } from '../atlassian/site.ts';
import type { CredentialLists } from '../credential-lists.ts';
import { json, notFound } from '../exchange.ts';
import { fileReply } from '../file-reply.ts';
import { answerOAuth, oauthKind } from '../oauth-endpoints.ts';
import { ATLASSIAN_SERVER } from '../oauth-server.ts';
import { siteAddress, type SandboxSite } from '../people.ts';
import type { SandboxState } from '../sandbox-state.ts';
import type { SandboxService } from '../service.ts';
import { accessTokenFor } from '../token-answer.ts';

const PATHS = { authorize: '/authorize', token: '/oauth/token', revoke: '/oauth/revoke' };
const METADATA = '/.well-known/oauth-authorization-server';
const MEDIA_PREFIX = '/api.media.atlassian.com/';

const isApi = (path: string): boolean =>
  path === '/me' ||
  path === '/oauth/token/accessible-resources' ||
  path.startsWith('/ex/') ||
  path.startsWith(SITE_PREFIX) ||
  path.startsWith(MEDIA_PREFIX);

/** Sign-in, the API gateway, the sites, and the media host that downloads are redirected to. */
export const ATLASSIAN_CLOUD: SandboxService = {
  hosts: {
    'auth.atlassian.com': '',
    'api.atlassian.com': '',
    'id.atlassian.com': '/id.atlassian.com',
    'developer.atlassian.com': '/developer.atlassian.com',
    '{site}.atlassian.net': '/sites/{site}',
  },
  kindOf: (_state, { path }) => (isApi(path) ? 'api' : path === METADATA ? 'page' : oauthKind(PATHS, path)),
  answer: (state, request, use) => {
    const { path, headers } = request;
    if (path === METADATA) return request.method === 'GET' ? json(200, metadata(state.url)) : notFound();
    if (!isApi(path)) return answerOAuth(state, request, use, ATLASSIAN_SERVER, PATHS);
    if (path.startsWith(SITE_PREFIX)) return answerSite(state, request);
    if (!path.startsWith(MEDIA_PREFIX)) return answerApi(state, request);
    // The address is the permission; a credential has no business at the media host.
    return headers.authorization === undefined
      ? fileReply(request, mediaFile(/\/file\/([^/]+)$/.exec(path)?.[1] ?? ''))
      : json(400, { code: 400, message: 'Authorization is not accepted here' });
  },
  credentials,
};

const metadata = (url: string): object => ({
  issuer: url,
  authorization_endpoint: `${url}${PATHS.authorize}`,
  token_endpoint: `${url}${PATHS.token}`,
  revocation_endpoint: `${url}${PATHS.revoke}`,
  response_types_supported: ['code'],
  grant_types_supported: ATLASSIAN_SERVER.grantTypes,
  code_challenge_methods_supported: ['S256'],
  token_endpoint_auth_methods_supported: ['client_secret_post'],
});

function credentials(state: SandboxState): Partial<CredentialLists> {
  const address = (sites: readonly SandboxSite[]): string =>
    sites[0] ? siteAddress(state.url, sites[0]) : '';
  const tokens = apiTokens(state);
  return {
    apiTokens: tokens
      .filter(({ kind }) => kind !== 'service')
      .map(({ kind, person, token }) => ({
        email: person.email,
        token,
        site: address(person.sites),
        scoped: kind === 'scoped',
      })),
    serviceAccountTokens: tokens
      .filter(({ kind }) => kind === 'service')
      .map(({ person, token }) => ({ email: person.email, token, site: address(person.sites) })),
    serviceAccounts: state.apps.flatMap(({ account, clientId, clientSecret }) =>
      account && clientSecret !== null
        ? [{ clientId, clientSecret, site: address(accountSites(state, account.key)) }]
        : [],
    ),
    accessTokens: broughtTokens(state),
  };
}

const accountSites = (state: SandboxState, key: string): readonly SandboxSite[] =>
  apiTokens(state).find(({ person }) => person.key === key)?.person.sites ?? [];

/** A program that is not Tokentray got these; here they are without a way to renew them. */
function broughtTokens(state: SandboxState): CredentialLists['accessTokens'] {
  const app = state.apps.find(({ clientId }) => clientId === BROUGHT_APP.clientId);
  const person = state.people.find(({ sites }) => sites.length > 0);
  const site = person?.sites[0];
  if (!app || !person || !site) return [];
  const { clientId } = app;
  const grant = state.grants.consent({ clientId, person: person.key, scopes: BROUGHT_SCOPES, sites: 'all' });
  const seconds = state.conditions.accessTokenTtlSeconds;
  return [
    {
      token: accessTokenFor(state, grant, BROUGHT_SCOPES.join(' '), seconds),
      site: siteAddress(state.url, site),
      cloudId: site.cloudId,
      expiresAt: isoTime(state.clock.now() + seconds * 1000),
    },
  ];
}

const BROUGHT_SCOPES = ['read:jira-work', 'read:jira-user', 'read:confluence-user', 'read:page:confluence'];

/** The app of another program, which access tokens to bring along were issued to. */
export const BROUGHT_APP = {
  name: 'Another program',
  clientId: 'another-program',
  clientSecret: null,
  redirectUris: [],
};
