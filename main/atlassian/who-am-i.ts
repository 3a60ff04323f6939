import type { Account, Site } from '../../contract/connection.ts';
import { addressOn } from '../credentials/addresses.ts';
import type { CredentialHeader } from '../credentials/sent.ts';
import type { Fetch } from '../lib/bounded-fetch.ts';
import type { ApiDefinition, ProviderDefinition, WhoAmI } from '../providers/definition.ts';
import { accountFrom } from './accounts.ts';
import { getJson, type JsonAnswer } from './get-json.ts';
import type { Refusal } from './refusals.ts';

export interface WhoAmIRequest {
  fetch: Fetch;
  definition: ProviderDefinition;
  route: string;
  header: CredentialHeader;
  site: Site | null;
}

/** What the APIs said about a credential; each that it opens, and why the others refused. */
export interface WhoAmIAnswer {
  /** Null when none said it. */
  account: Account | null;
  /** Ids of the APIs that answered. */
  products: string[];
  refusals: { api: string; answer: Refusal }[];
}

/** Asks each API of a provider who holds the credential. */
export async function askApis({
  fetch,
  definition,
  route,
  header,
  site,
}: WhoAmIRequest): Promise<WhoAmIAnswer> {
  const asked = await Promise.all(
    definition.apis.flatMap((api) => {
      const url = addressOn(api, route, site);
      return url === null || api.whoAmI === undefined ? [] : [askApi(fetch, api, url, header)];
    }),
  );
  const answered = asked.filter(({ account }) => account !== null);
  return {
    account: answered[0]?.account ?? null,
    products: answered.map(({ api }) => api),
    refusals: asked.flatMap(({ api, answer }) => (answer.kind === 'json' ? [] : [{ api, answer }])),
  };
}

async function askApi(
  fetch: Fetch,
  { id, whoAmI }: ApiDefinition,
  url: string,
  header: CredentialHeader,
): Promise<{ api: string; account: Account | null; answer: JsonAnswer }> {
  if (whoAmI === undefined) throw new Error('an API without whoAmI was asked');
  const { path, method, body, headers } = whoAmI;
  const answered = await getJson(fetch, { url: url + path, header, method, body, headers });
  const answer = namedAnswer(answered, whoAmI, url);
  return { api: id, account: answer.kind === 'json' ? accountFrom(answer.value, whoAmI) : null, answer };
}

/** An answer that should name somebody, as a refusal where it does not: Confluence calls a dead credential anonymous. */
export function namedAnswer(answer: JsonAnswer, whoAmI: WhoAmI, url: string): JsonAnswer {
  if (answer.kind !== 'json' || accountFrom(answer.value, whoAmI) !== null) return answer;
  const { value } = answer;
  if (typeof value === 'object' && value !== null && 'type' in value && value.type === 'anonymous')
    return { kind: 'unauthorized', form: 'disguised' };
  return { kind: 'unusable', reason: `${new URL(url).host} did not say who this belongs to`, status: 200 };
}
