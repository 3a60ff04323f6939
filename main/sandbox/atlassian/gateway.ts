import { oauthCaller, unauthorized, type Caller } from '../caller.ts';
import { basicOf, bearerTokenOf, notFound, type Reply, type SandboxRequest } from '../exchange.ts';
import type { SandboxState } from '../sandbox-state.ts';
import { findApiToken, type ApiToken } from './api-tokens.ts';
import { CONFLUENCE_ROUTES } from './confluence-api.ts';
import { answerAccessibleResources, answerMe } from './identity-api.ts';
import { JIRA_ROUTES } from './jira-api.ts';
import { deadCredential, mismatch } from './refusals.ts';
import { answerByRoute } from './route.ts';

export const PRODUCT_ROUTES = { jira: JIRA_ROUTES, confluence: CONFLUENCE_ROUTES };

/** `api.atlassian.com`: who am I, which sites, and the products' own APIs under `/ex`. */
export function answerApi(state: SandboxState, request: SandboxRequest): Reply {
  const target = readTarget(request.path);
  if (target) return answerProduct(state, request, target);
  const caller = oauthCaller(state, request);
  if (!caller) return unauthorized();
  if (request.method !== 'GET') return notFound();
  if (request.path === '/me') return answerMe(caller, state.url);
  if (request.path === '/oauth/token/accessible-resources')
    return answerAccessibleResources(caller, state.url);
  return notFound();
}

interface Target {
  product: 'jira' | 'confluence';
  cloudId: string;
  path: string;
}

function readTarget(address: string): Target | null {
  const [, product, cloudId = '', path = ''] = /^\/ex\/(jira|confluence)\/([^/]+)(\/.*)$/.exec(address) ?? [];
  return product === 'jira' || product === 'confluence' ? { product, cloudId, path } : null;
}

function answerProduct(state: SandboxState, request: SandboxRequest, target: Target): Reply {
  const { product, cloudId, path } = target;
  const caller = gatewayCaller(state, request, target);
  if ('status' in caller) return caller;
  const site = caller.sites.find((reached) => reached.cloudId === cloudId);
  // A site that was not granted looks like one that does not exist.
  if (!site) return notFound();
  return answerByRoute(
    PRODUCT_ROUTES[product],
    path,
    {
      request,
      caller,
      site,
      url: state.url,
      base: `${state.url}/ex/${product}/${cloudId}`,
      attached: state.attached,
      content: state.written.of(cloudId),
      now: state.clock.now(),
    },
    'gateway',
  );
}

/** An OAuth token or a service account's as Bearer, any API token as Basic; else the refusal. */
function gatewayCaller(
  state: SandboxState,
  request: SandboxRequest,
  { product, path }: Target,
): Caller | Reply {
  const bearer = bearerTokenOf(request);
  if (bearer !== null) {
    const token = findApiToken(state, bearer);
    if (token) return token.kind === 'service' ? callerOf(token) : notFound();
    return oauthCaller(state, request) ?? unauthorized();
  }
  const basic = basicOf(request);
  if (!basic) return unauthorized();
  const token = findApiToken(state, basic.password);
  if (!token) return deadCredential(product, path);
  return token.person.email === basic.username ? callerOf(token) : mismatch();
}

export const callerOf = ({ person, scopes }: ApiToken): Caller => ({ person, scopes, sites: person.sites });
