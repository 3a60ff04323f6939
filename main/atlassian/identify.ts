import type { Account, Site } from '../../contract/connection.ts';
import type { Fetch } from '../lib/bounded-fetch.ts';
import type { Clock } from '../lib/clock.ts';
import { assertNever, fail, ok, type Result } from '../lib/result.ts';
import type { ProviderDefinition } from '../providers/definition.ts';
import type { CredentialHeader } from '../credentials/sent.ts';
import { parseSites, personFrom, unnamed } from './accounts.ts';
import { askPatiently } from './ask-patiently.ts';
import { cureOf, newGrant } from './cures.ts';
import { getJson, type JsonAnswer } from './get-json.ts';
import { askApis } from './who-am-i.ts';

export interface Identity {
  account: Account;
  /** Every site that the grant covers; none where the provider has no sites. */
  sites: Site[];
}

export interface IdentifyRequest {
  fetch: Fetch;
  clock: Clock;
  definition: ProviderDefinition;
  header: CredentialHeader;
  /** Granted, as far as known. */
  scopes: readonly string[];
  /** Of a verified ID token, for the identity that is read from one. */
  claims?: unknown;
}

/**
 * Who signed in, and which sites the grant covers. Fails with `missing-scope`, `offline`, `temporary` or `failed`.
 * Requests are repeated while they meet passing faults: the sign-in behind them cannot be repeated so cheaply.
 */
export async function identify(request: IdentifyRequest): Promise<Result<Identity>> {
  const { fetch, clock, definition, header } = request;
  const { identity, name } = definition;
  switch (identity.kind) {
    case 'userinfo':
      if (identity.userinfoUrl === undefined)
        return fail('unsupported', `The definition of ${name} has no address that says who signed in.`);
      return read(name, await ask(request, identity.userinfoUrl), (value) => {
        const account = personFrom(value);
        return account && { account, sites: instanceSites(definition) };
      });
    case 'atlassian-cloud':
      return identifyOnCloud(request, identity.apiUrl);
    case 'apis': {
      const sites = instanceSites(definition);
      const asked = await askPatiently(
        clock,
        () => askApis({ fetch, definition, route: 'default', header, site: sites[0] ?? null }),
        ({ account, refusals }) => (account === null ? (refusals[0]?.answer ?? null) : null),
      );
      if (asked.account) return ok({ account: asked.account, sites });
      const [refused] = asked.refusals;
      return refused
        ? read<Identity>(name, refused.answer, () => null)
        : fail('internal', `${name} has no API that says who signed in.`);
    }
    case 'id-token': {
      const account = personFrom(request.claims);
      return account
        ? ok({ account, sites: instanceSites(definition) })
        : fail(
            'failed',
            `${name} sent no ID token, which would say who signed in.`,
            'Request the scope openid.',
          );
    }
    case 'none':
      return ok({ account: unnamed(name), sites: instanceSites(definition) });
    default:
      return assertNever(identity);
  }
}

/** `read:me` may be missing where an app's registration lacks it: then a product says who it is. */
async function identifyOnCloud(request: IdentifyRequest, apiUrl: string): Promise<Result<Identity>> {
  const { fetch, definition, header, scopes } = request;
  const { name, apis } = definition;
  const api = apiUrl.replace(/\/+$/, '');
  const [me, resources] = await Promise.all([
    ask(request, `${api}/me`),
    ask(request, `${api}/oauth/token/accessible-resources`),
  ]);
  const sites = read(name, resources, (value) => parseSites(value, apis));
  if (!sites.ok) return sites;
  const account = read(name, me, personFrom);
  if (account.ok) return ok({ account: account.value, sites: sites.value });
  const lacksProfile = me.kind === 'scope-missing' || me.kind === 'forbidden' || me.kind === 'unauthorized';
  if (!lacksProfile || (me.kind === 'unauthorized' && scopes.includes('read:me'))) return account;
  for (const site of sites.value.slice(0, 3)) {
    const asked = await askApis({ fetch, definition, route: 'default', header, site });
    if (asked.account) return ok({ account: asked.account, sites: sites.value });
  }
  return account;
}

/** The instance of a self-hosted product, as a site; none for a service that is not self-hosted. */
export function instanceSites({ instance }: ProviderDefinition): Site[] {
  const url = instance?.default;
  return url === undefined ? [] : [{ cloudId: null, name: hostAndPath(url), url, products: [] }];
}

const hostAndPath = (address: string): string => {
  const { host, pathname } = new URL(address);
  return host + pathname.replace(/\/+$/, '');
};

const ask = ({ fetch, clock, header }: IdentifyRequest, url: string): Promise<JsonAnswer> =>
  askPatiently(
    clock,
    () => getJson(fetch, { url, header }),
    (answer) => (answer.kind === 'json' ? null : answer),
  );

function read<T>(provider: string, answer: JsonAnswer, parse: (value: unknown) => T | null): Result<T> {
  const what = `${provider} did not say who signed in`;
  if (answer.kind === 'json') {
    const value = parse(answer.value);
    return value === null
      ? fail('temporary', `${what}: its answer is incomplete.`, 'Sign in again.')
      : ok(value);
  }
  const { code, message, hint } = cureOf(answer, newGrant(provider));
  return fail(code, `${what}. ${message}`, hint);
}
