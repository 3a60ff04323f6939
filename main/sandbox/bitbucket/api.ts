import { oauthCaller } from '../caller.ts';
import { basicOf, bearerTokenOf, json, type Reply, type SandboxRequest } from '../exchange.ts';
import type { SandboxPerson } from '../people.ts';
import type { SandboxState } from '../sandbox-state.ts';
import { avatarPath } from '../sign-in-page.ts';
import { BITBUCKET_SERVER } from './server.ts';

export interface BitbucketToken {
  /** An API token is a person's; the others are nobody's. */
  kind: 'api' | 'repository' | 'project' | 'workspace';
  email: string;
  token: string;
  workspace: string;
}

const WORKSPACE = 'acme';
const REPOSITORY = 'tray';

/** All tokens there are. */
export function bitbucketTokens({ people, mint }: SandboxState): BitbucketToken[] {
  const token = (name: string, prefix: string): string =>
    `${prefix}${mint.secret(`bitbucket:${name}`, 136)}=${mint.secret(`bitbucket:${name}:end`, 6)}`;
  return [
    ...people.slice(0, 2).map(({ key, email }) => ({
      kind: 'api' as const,
      email,
      token: token(key, 'ATATT3x'),
      workspace: WORKSPACE,
    })),
    ...(['repository', 'project', 'workspace'] as const).map((kind) => ({
      kind,
      email: '',
      token: token(kind, 'ATCTT3x'),
      workspace: WORKSPACE,
    })),
  ];
}

/** `api.bitbucket.org`; `path` is below it. */
export function answerBitbucketApi(state: SandboxState, request: SandboxRequest, path: string): Reply {
  const caller = bitbucketCaller(state, request);
  if ('status' in caller) return caller;
  if (request.method !== 'GET') return refuse(405, 'Method not allowed');
  if (path === '/2.0/user')
    return caller.person
      ? json(200, account(state.url, caller.person))
      : refuse(403, 'This token does not belong to a user.');
  if (path === '/2.0/user/emails' && caller.person) {
    const { email } = caller.person;
    return json(200, { values: [{ email, is_primary: true, is_confirmed: true, type: 'email' }] });
  }
  if (path === '/2.0/user/workspaces' && caller.person)
    return json(200, { pagelen: 10, values: [{ type: 'workspace_access', workspace: WORKSPACE_VIEW }] });
  if (path === `/2.0/workspaces/${WORKSPACE}`) return json(200, WORKSPACE_VIEW);
  if (path === `/2.0/repositories/${WORKSPACE}`) return json(200, { pagelen: 10, values: [REPOSITORY_VIEW] });
  if (path === `/2.0/repositories/${WORKSPACE}/${REPOSITORY}`) return json(200, REPOSITORY_VIEW);
  // Listings across workspaces were removed.
  if (path === '/2.0/repositories' || path === '/2.0/workspaces')
    return refuse(410, 'This endpoint has been removed. List per workspace.');
  return refuse(404, 'Resource not found');
}

/** The token with this value, unless it has ended. */
export const validToken = (state: SandboxState, value: string): BitbucketToken | undefined =>
  state.ended.how(value) === null ? bitbucketTokens(state).find(({ token }) => token === value) : undefined;

function bitbucketCaller(
  state: SandboxState,
  request: SandboxRequest,
): { person: SandboxPerson | null } | Reply {
  const bearer = bearerTokenOf(request);
  if (bearer !== null) {
    const token = validToken(state, bearer);
    if (token && token.kind !== 'api') return { person: null };
    return (
      oauthCaller(state, request, BITBUCKET_SERVER) ??
      refuse(401, 'Token is invalid, expired, or not supported for this endpoint.')
    );
  }
  const basic = basicOf(request);
  if (!basic) return refuse(401, 'Authentication is required.');
  // A user name with a password: an app password.
  if (!basic.username.includes('@'))
    return refuse(401, 'App passwords are no longer supported. Use an API token.');
  const token = validToken(state, basic.password);
  const person = state.people.find(({ email }) => email === basic.username);
  return person && token?.kind === 'api' && token.email === person.email
    ? { person }
    : refuse(401, 'Invalid e-mail address or API token.');
}

const refuse = (status: number, message: string): Reply =>
  json(
    status,
    { type: 'error', error: { message } },
    status === 401 ? { 'www-authenticate': 'Basic realm="Bitbucket.org HTTP"' } : {},
  );

const WORKSPACE_VIEW = {
  type: 'workspace',
  uuid: '{0ac3e000-0000-4000-8000-0000000ac3e0}',
  slug: WORKSPACE,
  name: 'Acme',
};

const REPOSITORY_VIEW = {
  type: 'repository',
  full_name: `${WORKSPACE}/${REPOSITORY}`,
  slug: REPOSITORY,
  name: 'Tray',
  is_private: true,
};

const account = (url: string, { key, accountId, name }: SandboxPerson): object => ({
  type: 'user',
  account_id: accountId,
  uuid: `{${accountId.slice(-36)}}`,
  username: key,
  nickname: key,
  display_name: name,
  account_status: 'active',
  links: { avatar: { href: `${url}${avatarPath(key)}` } },
});
