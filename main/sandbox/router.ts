import { answerAuthorize } from './authorize.ts';
import { notFound, oauthError, type Reply, type SandboxRequest } from './exchange.ts';
import { avatarPath } from './identity-api.ts';
import { homePage } from './home-page.ts';
import { errorPage } from './page.ts';
import { answerApi, isApiPath } from './product-api.ts';
import type { SandboxState } from './sandbox-state.ts';
import { avatar } from './sign-in-page.ts';
import { answerRevoke, tokenParameters } from './token-endpoint.ts';

/** Answers everything but the token endpoint and the control. */
export function answer(state: SandboxState, request: SandboxRequest): Reply {
  const { method, path } = request;
  if (isApiPath(path)) return answerApi(state, request);
  if (path === '/authorize' && (method === 'GET' || method === 'POST'))
    return answerAuthorize(state, request);
  if (path === '/oauth/revoke' && method === 'POST') {
    const parameters = tokenParameters(request);
    return parameters ? answerRevoke(state, parameters) : malformedParameters();
  }
  if (method !== 'GET') return notFound();
  if (path === '/') return homePage(state);
  if (path === '/favicon.ico') return { status: 204, headers: {}, body: '' };
  const pictured = state.people
    .flatMap((person) => [person, ...person.sites])
    .find(({ key }) => path === avatarPath(key));
  if (pictured) return avatar(pictured.name);
  return errorPage(404, 'Nothing here', 'The sandbox has no such page.');
}

export const malformedParameters = (): Reply =>
  oauthError(400, 'invalid_request', 'Send a form or a JSON object, with its content type');
