import { bearerOf, scopeMissing, unauthorized, type Bearer } from './bearer.ts';
import { CONFLUENCE_ROUTES } from './confluence-api.ts';
import { notFound, type Reply, type SandboxRequest } from './exchange.ts';
import { answerAccessibleResources, answerMe } from './identity-api.ts';
import { JIRA_ROUTES } from './jira-api.ts';
import type { SandboxState } from './sandbox-state.ts';

const PRODUCT_ROUTES = { jira: JIRA_ROUTES, confluence: CONFLUENCE_ROUTES };

/** True for the paths that want an access token. */
export const isApiPath = (path: string): boolean =>
  path === '/me' || path === '/oauth/token/accessible-resources' || path.startsWith('/ex/');

/** Everything behind an access token: who am I, which sites, and the products' own APIs. */
export function answerApi(state: SandboxState, request: SandboxRequest): Reply {
  const bearer = bearerOf(state, request);
  if (!bearer) return unauthorized();
  if (request.path.startsWith('/ex/')) return answerProduct(state, request, bearer);
  if (request.method !== 'GET') return notFound();
  return request.path === '/me' ? answerMe(bearer, state.url) : answerAccessibleResources(bearer, state.url);
}

function answerProduct(state: SandboxState, request: SandboxRequest, bearer: Bearer): Reply {
  const [, product, cloudId, path = ''] = /^\/ex\/(jira|confluence)\/([^/]+)(\/.*)$/.exec(request.path) ?? [];
  if (product !== 'jira' && product !== 'confluence') return notFound();
  const site = bearer.sites.find((granted) => granted.cloudId === cloudId);
  // A site that was not granted looks like one that does not exist.
  if (!site) return notFound();
  for (const route of PRODUCT_ROUTES[product]) {
    const match = route.method === request.method ? route.path.exec(path) : null;
    if (!match) continue;
    if (!route.scopes.some((scope) => bearer.scopes.has(scope))) return scopeMissing();
    return route.answer({
      request,
      bearer,
      site,
      url: state.url,
      now: state.clock.now(),
      argument: match[1] ?? '',
    });
  }
  return notFound();
}
