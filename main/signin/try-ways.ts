import type { Account, Site } from '../../contract/connection.ts';
import { unnamed } from '../atlassian/accounts.ts';
import { instanceSites } from '../atlassian/identify.ts';
import { cureOf, justPasted, mostTelling } from '../atlassian/cures.ts';
import { getJson } from '../atlassian/get-json.ts';
import type { Refusal } from '../atlassian/refusals.ts';
import { askApis, mayNotSay } from '../atlassian/who-am-i.ts';
import { addressOn } from '../credentials/addresses.ts';
import { headerOf, type Sent } from '../credentials/sent.ts';
import type { Fetch } from '../lib/bounded-fetch.ts';
import type { Clock } from '../lib/clock.ts';
import { fail, ok, type Result } from '../lib/result.ts';
import { isSiteOf } from '../providers/cloud-sites.ts';
import type { ProviderDefinition } from '../providers/definition.ts';
import type { SecretMethod, Way } from '../providers/secret-method.ts';
import { siteName } from './site-address.ts';
import { readExpiry } from './read-expiry.ts';

export interface TryWaysRequest {
  fetch: Fetch;
  clock: Clock;
  /** On its instance. */
  definition: ProviderDefinition;
  settings: SecretMethod;
  /** The site that the person named, where the provider has sites. */
  siteUrl: string | null;
  /** Empty: none. */
  username: string;
  secret: string;
}

/** How a secret is sent, where it works, and whose it is. */
export interface FoundWay {
  sent: Sent;
  route: string;
  account: Account;
  sites: Site[];
  /** Epoch ms; null when unknown. */
  expiresAt: number | null;
}

/** Tries the ways that a definition lists, in order, and keeps the first that works. */
export async function tryWays(request: TryWaysRequest): Promise<Result<FoundWay>> {
  const { definition, settings, siteUrl, username } = request;
  const site = siteUrl === null ? (instanceSites(definition)[0] ?? null) : await cloudSite(request, siteUrl);
  const foreign = siteUrl !== null && !isSiteOf(siteUrl, definition);
  const sendable = settings.ways.filter(({ as }) => as !== 'basic' || username !== '');
  const ways = foreign ? sendable.filter((way) => staysAtSite(definition, way)) : sendable;
  if (foreign && ways.length === 0)
    return fail(
      'invalid-input',
      `${new URL(siteUrl).host} is no site of ${definition.name}.`,
      ownAddress(request),
    );
  const refusals: Refusal[] = [];
  for (const way of ways) {
    const tried = await tryWay(request, way, site);
    if ('account' in tried) return ok({ ...tried, expiresAt: await endOf(request, tried, site) });
    refusals.push(...tried.refusals);
    // A network that fails, a CAPTCHA and a limit are the same for every way: each further try would make it worse.
    if (tried.refusals.some(stops)) break;
  }
  const worst = mostTelling(refusals);
  if (worst === undefined) return fail('internal', 'There is no way to send this secret.');
  const { code, message, hint } = cureOf(worst, justPasted(definition.name));
  return fail(code, message, foreign ? `${hint} ${ownAddress(request)}` : hint);
}

/** Whether a secret that is sent this way goes to the site alone: another cloud’s must not get to our gateway. */
const staysAtSite = ({ apis }: ProviderDefinition, { route }: Way): boolean =>
  apis.every(({ urls }) => (urls[route] ?? urls['default'])?.startsWith('{site}') === true);

const ownAddress = ({ definition: { identity, name } }: TryWaysRequest): string =>
  identity.kind === 'atlassian-cloud'
    ? `If ${name} has this site under another address too, such as ${identity.siteUrl.replace('{name}', 'acme')}, enter that one.`
    : '';

const stops = (refusal: Refusal): boolean =>
  ['unreachable', 'captcha', 'busy'].includes(refusal.kind) ||
  (refusal.kind === 'unusable' && refusal.status >= 500);

async function tryWay(
  { fetch, definition, settings, username, secret }: TryWaysRequest,
  way: Way,
  site: Site | null,
): Promise<FoundWay | { refusals: Refusal[] }> {
  const sent = sentBy(way, username);
  const found = { sent, route: way.route, expiresAt: null };
  if (definition.identity.kind === 'none')
    return { ...found, account: unnamed(definition.name), sites: site === null ? [] : [site] };
  const asked = await askApis({ fetch, definition, route: way.route, header: headerOf(sent, secret), site });
  const onlyUnnamed = settings.owner === 'none' && asked.refusals.every(({ answer }) => mayNotSay(answer));
  if (asked.account === null && onlyUnnamed)
    return { ...found, account: unnamed(definition.name), sites: site === null ? [] : [site] };
  if (asked.account === null) return { refusals: asked.refusals.map(({ answer }) => answer) };
  const sites = site === null ? [] : [{ ...site, products: asked.products }];
  const email = asked.account.email ?? (username.includes('@') ? username : null);
  return { ...found, account: { ...asked.account, email }, sites };
}

/** When the secret ends, where the provider tells. */
async function endOf(
  { fetch, clock, definition: { apis }, settings, secret }: TryWaysRequest,
  { sent, route }: FoundWay,
  site: Site | null,
): Promise<number | null> {
  const url = apis[0] && addressOn(apis[0], route, site);
  if (!settings.expiryFrom || !url) return null;
  return readExpiry(fetch, url, headerOf(sent, secret), settings.expiryFrom, clock.now());
}

function sentBy(way: Way, username: string): Sent {
  switch (way.as) {
    case 'bearer':
      return { as: 'bearer' };
    case 'basic':
      return { as: 'basic', username };
    case 'header':
      return {
        as: 'header',
        name: way.header,
        prefix: way.prefix,
        ...(way.also.length > 0
          ? { also: way.also.map(({ header: name, prefix }) => ({ name, prefix })) }
          : {}),
      };
  }
}

/** A cloud site by its address; its cloud id is public (`/_edge/tenant_info`), and not needed at the site itself. */
async function cloudSite({ fetch, definition }: TryWaysRequest, siteUrl: string): Promise<Site> {
  const siteTemplate = definition.identity.kind === 'atlassian-cloud' ? definition.identity.siteUrl : '';
  const answer = await getJson(fetch, { url: `${siteUrl}/_edge/tenant_info`, header: null });
  const id =
    answer.kind === 'json' &&
    typeof answer.value === 'object' &&
    answer.value !== null &&
    'cloudId' in answer.value
      ? answer.value.cloudId
      : null;
  const cloudId = typeof id === 'string' && /^[A-Za-z0-9_-]{1,100}$/.test(id) ? id : null;
  return { cloudId, name: siteName(siteUrl, siteTemplate), url: siteUrl, products: [] };
}
