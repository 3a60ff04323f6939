import { oauthCaller } from '../caller.ts';
import { basicOf, text, type Reply, type SandboxRequest, type Stream } from '../exchange.ts';
import { askForPassword, gitAddress } from '../git/address.ts';
import type { SandboxState } from '../sandbox-state.ts';
import { validToken } from './api.ts';
import { BITBUCKET_SERVER } from './server.ts';

const REPOSITORY = 'acme/tray';

/** `bitbucket.org`, where git works; `path` is below it. Null: the path is none of git's. */
export function answerBitbucketGit(
  state: SandboxState,
  request: SandboxRequest,
  path: string,
): Stream | Reply | null {
  const address = gitAddress(path);
  if (address === null) return null;
  const user = gitUser(state, request);
  if (user === null) return text(401, 'Authentication is required.\n', askForPassword('Bitbucket.org HTTP'));
  if (address.repository.toLowerCase() !== REPOSITORY) return text(404, 'Repository not found\n');
  return state.git.stream({ resource: address.resource, query: request.query.toString(), user });
}

/** Tokens are passwords here, each kind with a user name of its own; an e-mail address is none. */
function gitUser(state: SandboxState, request: SandboxRequest): string | null {
  const basic = basicOf(request);
  if (basic === null) return null;
  const { username, password } = basic;
  const token = validToken(state, password);
  if (username === 'x-bitbucket-api-token-auth') return token?.kind === 'api' ? token.email : null;
  if (username !== 'x-token-auth') return null;
  if (token !== undefined) return token.kind === 'api' ? null : `${token.kind}-token`;
  const headers = { ...request.headers, authorization: `Bearer ${password}` };
  return oauthCaller(state, { ...request, headers }, BITBUCKET_SERVER)?.person.email ?? null;
}
