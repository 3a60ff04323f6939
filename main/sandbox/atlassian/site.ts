import { unauthorized, type Caller } from '../caller.ts';
import {
  basicOf,
  bearerTokenOf,
  json,
  notFound,
  webPage,
  type Reply,
  type SandboxRequest,
} from '../exchange.ts';
import { siteAddress, type SandboxSite } from '../people.ts';
import { findSite, type SandboxState } from '../sandbox-state.ts';
import { findApiToken } from './api-tokens.ts';
import { callerOf, PRODUCT_ROUTES } from './gateway.ts';
import { serverInfo } from './jira-api.ts';
import { deadCredential } from './refusals.ts';
import { answerByRoute } from './route.ts';

export const SITE_PREFIX = '/sites/';

/** A site's own address, `/sites/{key}`: classic API tokens, and what it tells anybody. */
export function answerSite(state: SandboxState, request: SandboxRequest): Reply {
  const [, name = '', path = ''] = /^\/sites\/([^/]+)(\/.*)?$/.exec(request.path) ?? [];
  const site = findSite(state, name);
  if (!site) return webPage(404, 'Your Atlassian Cloud site is currently unavailable');
  if (request.method === 'GET' && path === '/_edge/tenant_info') return json(200, { cloudId: site.cloudId });
  const product = path.startsWith('/wiki/') ? 'confluence' : 'jira';
  const base = siteAddress(state.url, site);
  const now = state.clock.now();
  const caller = siteCaller(state, request, site, path);
  if ('status' in caller) return caller;
  return answerByRoute(
    PRODUCT_ROUTES[product],
    path,
    {
      ...{ request, caller, site, url: state.url, base, now },
      ...{ attached: state.attached, content: state.written.of(site.cloudId) },
    },
    'site',
  );
}

/** Only a classic API token works here. */
function siteCaller(
  state: SandboxState,
  request: SandboxRequest,
  site: SandboxSite,
  path: string,
): Caller | Reply {
  const product = path.startsWith('/wiki/') ? 'confluence' : 'jira';
  if (bearerTokenOf(request) !== null) return unauthorized();
  const basic = basicOf(request);
  if (!basic) {
    const open = request.method === 'GET' && path === '/rest/api/3/serverInfo';
    return open
      ? serverInfo(site, siteAddress(state.url, site), state.clock.now())
      : anonymous(product, path);
  }
  const token = findApiToken(state, basic.password);
  if (token && token.kind !== 'classic') return webPage(401, 'Unauthorized');
  const mine = token?.person.sites.some(({ cloudId }) => cloudId === site.cloudId) ?? false;
  if (!token || !mine || token.person.email !== basic.username) return deadCredential(product, path);
  return callerOf(token);
}

const anonymous = (product: 'jira' | 'confluence', path: string): Reply =>
  path.startsWith('/rest/') || path.startsWith('/wiki/') ? deadCredential(product, path) : notFound();
