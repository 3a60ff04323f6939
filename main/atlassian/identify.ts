import type { Account, Site } from '../../contract/connection.ts';
import type { Fetch } from '../lib/bounded-fetch.ts';
import { assertNever, fail, ok, type Result } from '../lib/result.ts';
import type { ProviderDefinition } from '../providers/definition.ts';
import { parseAccount, parseSites } from './accounts.ts';
import { getJson, type JsonAnswer } from './get-json.ts';

export interface Identity {
  account: Account;
  /** Every site that the grant covers; none where the provider has no sites. */
  sites: Site[];
}

export interface IdentifyRequest {
  fetch: Fetch;
  definition: ProviderDefinition;
  accessToken: string;
}

/**
 * Who signed in, and which sites the grant covers. Fails with `missing-scope`, `offline`, `temporary` or `failed`.
 * Each request is made once more when it met a passing fault: the sign-in behind it cannot be repeated so cheaply.
 */
export async function identify({
  fetch,
  definition,
  accessToken,
}: IdentifyRequest): Promise<Result<Identity>> {
  const { identity, name } = definition;
  const ask = (url: string): Promise<JsonAnswer> => getTwice(fetch, url, accessToken);
  switch (identity.kind) {
    case 'userinfo':
      return read(name, await ask(identity.userinfoUrl), (value) => {
        const account = parseAccount(value);
        return account && { account, sites: [] };
      });
    case 'atlassian-cloud': {
      const api = identity.apiUrl.replace(/\/+$/, '');
      const [me, resources] = await Promise.all([
        ask(`${api}/me`),
        ask(`${api}/oauth/token/accessible-resources`),
      ]);
      const account = read(name, me, parseAccount);
      if (!account.ok) return account;
      const sites = read(name, resources, parseSites);
      return sites.ok ? ok({ account: account.value, sites: sites.value }) : sites;
    }
    default:
      return assertNever(identity);
  }
}

async function getTwice(fetch: Fetch, url: string, accessToken: string): Promise<JsonAnswer> {
  const first = await getJson(fetch, url, accessToken);
  return first.kind === 'unreachable' || first.kind === 'unusable' ? getJson(fetch, url, accessToken) : first;
}

function read<T>(provider: string, answer: JsonAnswer, parse: (value: unknown) => T | null): Result<T> {
  const what = `${provider} did not say who signed in`;
  switch (answer.kind) {
    case 'json': {
      const value = parse(answer.value);
      return value === null
        ? fail('temporary', `${what}: its answer is incomplete.`, 'Sign in again.')
        : ok(value);
    }
    case 'scope-missing':
    case 'forbidden':
      return fail(
        'missing-scope',
        `${what}: the grant does not allow reading the profile.`,
        'Enable the read:me scope (User identity API) for the app at the provider, then sign in again.',
      );
    case 'unauthorized':
      return fail('failed', `${what}: it rejects its own new token.`, 'Sign in again.');
    case 'unreachable':
      return fail('offline', `${what}: ${answer.reason}.`, answer.cure);
    case 'unusable':
      return fail('temporary', `${what}: ${answer.reason}.`, 'Sign in again in a few minutes.');
    default:
      return assertNever(answer);
  }
}
