import type { Account, Site } from '../../contract/connection.ts';
import { addressOn } from '../credentials/addresses.ts';
import type { CredentialHeader } from '../credentials/sent.ts';
import type { Fetch } from '../lib/bounded-fetch.ts';
import type { ApiDefinition, ProviderDefinition, WhoAmI } from '../providers/definition.ts';
import { accountFrom, unnamed } from './accounts.ts';
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
      return url === null || api.whoAmI === undefined
        ? []
        : [askApi(fetch, api, url, header, definition.name)];
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
  provider: string,
): Promise<{ api: string; account: Account | null; answer: JsonAnswer }> {
  if (whoAmI === undefined) throw new Error('an API without whoAmI was asked');
  const { path, details, headers } = whoAmI;
  const answer = await askWho(fetch, whoAmI, url + path, header, false);
  if (answer.kind !== 'json') return { api: id, account: null, answer };
  if (whoAmI.anonymous) return { api: id, account: unnamed(provider), answer };
  const word = whoAmI.answer === 'text' && typeof answer.value === 'string' ? answer.value : null;
  if (word === null) return { api: id, account: accountFrom(answer.value, whoAmI), answer };
  const described =
    details === undefined
      ? null
      : await getJson(fetch, {
          url: url + details.replace('{answer}', encodeURIComponent(word)),
          header,
          headers,
        });
  const account = described?.kind === 'json' ? accountFrom(described.value, whoAmI) : null;
  return { api: id, account: account ?? accountFrom({ id: word }), answer };
}

/** Asks whose a credential is. `namesNobody`: it is known that it may not say; that it is taken is enough. */
export async function askWho(
  fetch: Fetch,
  whoAmI: WhoAmI,
  url: string,
  header: CredentialHeader,
  namesNobody: boolean,
): Promise<JsonAnswer> {
  const { method, body, headers, refusedBy, refusingStatuses } = whoAmI;
  const answer = await getJson(fetch, {
    url,
    header,
    method,
    body,
    headers,
    refusedBy,
    refusingStatuses,
    answer: whoAmI.answer,
  });
  if (whoAmI.anonymous || whoAmI.answer === 'text') return answer;
  if (namesNobody && mayNotSay(answer)) return { kind: 'json', value: null, scopes: null };
  return namedAnswer(answer, whoAmI, url);
}

/** The credential is known, but may not read whose it is. */
export const mayNotSay = (answer: JsonAnswer): boolean =>
  answer.kind === 'forbidden' ||
  answer.kind === 'scope-missing' ||
  answer.kind === 'json' ||
  (answer.kind === 'unusable' && answer.status === 404);

/** An answer that should name somebody, as a refusal where it does not: Confluence calls a dead credential anonymous. */
function namedAnswer(answer: JsonAnswer, whoAmI: WhoAmI, url: string): JsonAnswer {
  if (answer.kind !== 'json' || accountFrom(answer.value, whoAmI) !== null) return answer;
  const { value } = answer;
  if (typeof value === 'object' && value !== null && 'type' in value && value.type === 'anonymous')
    return { kind: 'unauthorized', form: 'disguised' };
  return { kind: 'unusable', reason: `${new URL(url).host} did not say who this belongs to`, status: 200 };
}
