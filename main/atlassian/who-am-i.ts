import type { Account, Site } from '../../contract/connection.ts';
import { addressOn } from '../credentials/addresses.ts';
import type { CredentialHeader } from '../credentials/sent.ts';
import type { Fetch } from '../lib/bounded-fetch.ts';
import type { ApiDefinition, ProviderDefinition } from '../providers/definition.ts';
import { accountFrom } from './accounts.ts';
import { getJson, type JsonAnswer } from './get-json.ts';

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
  refusals: { api: string; answer: JsonAnswer }[];
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
    refusals: asked.filter(({ account }) => account === null).map(({ api, answer }) => ({ api, answer })),
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
  const answer = await getJson(fetch, { url: url + path, header, method, body, headers });
  return { api: id, account: answer.kind === 'json' ? accountFrom(answer.value, whoAmI) : null, answer };
}
