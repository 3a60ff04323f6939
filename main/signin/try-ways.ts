import type { Account, Site } from '../../contract/connection.ts';
import type { Failure } from '../../contract/errors.ts';
import { unnamed } from '../atlassian/accounts.ts';
import { instanceSites } from '../atlassian/identify.ts';
import { getJson, type JsonAnswer } from '../atlassian/get-json.ts';
import { askApis } from '../atlassian/who-am-i.ts';
import { addressOn } from '../credentials/addresses.ts';
import { headerOf, type Sent } from '../credentials/sent.ts';
import type { Fetch } from '../lib/bounded-fetch.ts';
import type { Clock } from '../lib/clock.ts';
import { failure, ok, type Result } from '../lib/result.ts';
import type { ProviderDefinition } from '../providers/definition.ts';
import type { SecretMethod, Way } from '../providers/secret-method.ts';
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
  const ways = settings.ways.filter(({ as }) => as !== 'basic' || username !== '');
  let worst: Failure | null = null;
  for (const way of ways) {
    const tried = await tryWay(request, way, site);
    if (tried.ok) return ok({ ...tried.value, expiresAt: await endOf(request, tried.value, site) });
    // A network that fails, and a CAPTCHA, are the same for every way: each further try would make it worse.
    if (STOPS.has(tried.error.code)) return tried;
    worst ??= tried.error;
  }
  return failure(worst ?? { code: 'internal', message: 'There is no way to send this secret.' });
}

const STOPS: ReadonlySet<Failure['code']> = new Set(['offline', 'temporary', 'refused']);

async function tryWay(
  { fetch, definition, settings, username, secret }: TryWaysRequest,
  way: Way,
  site: Site | null,
): Promise<Result<FoundWay>> {
  const sent = sentBy(way, username);
  const found = { sent, route: way.route, expiresAt: null };
  if (definition.identity.kind === 'none')
    return ok({ ...found, account: unnamed(definition.name), sites: site === null ? [] : [site] });
  const asked = await askApis({ fetch, definition, route: way.route, header: headerOf(sent, secret), site });
  const onlyUnnamed = settings.owner === 'none' && asked.refusals.every(({ answer }) => mayNotSay(answer));
  if (asked.account === null && onlyUnnamed)
    return ok({ ...found, account: unnamed(definition.name), sites: site === null ? [] : [site] });
  if (asked.account === null)
    return failure(
      refusal(
        definition,
        asked.refusals.map(({ answer }) => answer),
      ),
    );
  const sites = site === null ? [] : [{ ...site, products: asked.products }];
  const email = asked.account.email ?? (username.includes('@') ? username : null);
  return ok({ ...found, account: { ...asked.account, email }, sites });
}

/** The credential is known, but may not read whose it is. */
const mayNotSay = (answer: JsonAnswer): boolean =>
  answer.kind === 'forbidden' ||
  answer.kind === 'scope-missing' ||
  answer.kind === 'json' ||
  (answer.kind === 'unusable' && answer.status === 404);

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
async function cloudSite({ fetch }: TryWaysRequest, siteUrl: string): Promise<Site> {
  const answer = await getJson(fetch, { url: `${siteUrl}/_edge/tenant_info`, header: null });
  const id =
    answer.kind === 'json' &&
    typeof answer.value === 'object' &&
    answer.value !== null &&
    'cloudId' in answer.value
      ? answer.value.cloudId
      : null;
  const cloudId = typeof id === 'string' && /^[A-Za-z0-9_-]{1,100}$/.test(id) ? id : null;
  return { cloudId, name: new URL(siteUrl).host, url: siteUrl, products: [] };
}

/** What the answers to one way mean; the one that says most goes first. */
function refusal({ name }: ProviderDefinition, answers: readonly JsonAnswer[]): Failure {
  const of = <K extends JsonAnswer['kind']>(kind: K) =>
    answers.find((answer): answer is Extract<JsonAnswer, { kind: K }> => answer.kind === kind);
  const captcha = of('captcha');
  if (captcha)
    return {
      code: 'refused',
      message: `${name} wants a CAPTCHA after too many wrong passwords, and takes no more until then.`,
      hint:
        captcha.loginUrl === null
          ? 'Sign in once in the browser, then try again.'
          : `Sign in once at ${captcha.loginUrl}, then try again.`,
    };
  if (of('scope-missing'))
    return {
      code: 'missing-scope',
      message: `${name} knows the token, but it may not read who it belongs to.`,
      hint: 'Create a token that has the scope for reading the user’s profile.',
    };
  if (of('unauthorized') ?? of('forbidden'))
    return {
      code: 'denied',
      message: `${name} does not accept this: it is wrong, has ended, or belongs to another account or site.`,
      hint: 'Check the address and the user name, or create a new one and paste it.',
    };
  const unreachable = of('unreachable');
  if (unreachable)
    return {
      code: 'offline',
      message: `${name} cannot be reached: ${unreachable.reason}.`,
      hint: 'Check the address and the network, then try again.',
    };
  const unusable = of('unusable');
  if (unusable && unusable.status >= 500)
    return {
      code: 'temporary',
      message: `${name} has a problem: ${unusable.reason}.`,
      hint: 'Try again in a few minutes.',
    };
  return {
    code: 'invalid-input',
    message: unusable
      ? `This does not look like ${name}: ${unusable.reason}.`
      : `${name} did not say who this belongs to.`,
    hint: 'Check the address: it is the one that the browser shows, without the path of a page.',
  };
}
