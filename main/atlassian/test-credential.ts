import type { RequestAnswer, ScopeTruth, TestResult } from '../../contract/calls.ts';
import type { Account, Site } from '../../contract/connection.ts';
import type { CredentialHeader } from '../credentials/sent.ts';
import type { Fetch } from '../lib/bounded-fetch.ts';
import type { Clock } from '../lib/clock.ts';
import type { ProviderDefinition } from '../providers/definition.ts';
import type { ConnectionRecord } from '../store/records.ts';
import { accountFrom } from './accounts.ts';
import { getJson, type JsonAnswer } from './get-json.ts';
import type { Reconnectable } from './obtain-scopes.ts';
import {
  MAX_REQUESTS,
  planProbes,
  provesScope,
  scopesTriedBy,
  telling,
  type Answered,
  type Planned,
} from './plan-probes.ts';
import { realScopes, type Tried } from './real-scopes.ts';
import { judge } from './test-results.ts';
import { witness } from './witness.ts';
import { askWho } from './who-am-i.ts';

/** Requests at a time. */
const PARALLEL = 4;

export interface TestRequest {
  fetch: Fetch;
  clock: Pick<Clock, 'monotonicMs'>;
  definition: ProviderDefinition;
  header: CredentialHeader;
  connection: Reconnectable &
    Pick<ConnectionRecord, 'account' | 'site' | 'route' | 'grantedScopes' | 'renewal'>;
}

/** What a credential really is and may do. */
export interface TestOutcome {
  results: TestResult[];
  account: Account | null;
  site: Site | null;
  /** Ids of the APIs that answered. */
  products: string[];
  scopes: ScopeTruth[];
  /** What the request gave that an example shows; absent where nothing could be asked. */
  answer?: RequestAnswer;
  /** The provider took it for nothing: it is over, or never was. */
  dead: boolean;
}

/**
 * Tries the credential with a few reads, at most `MAX_REQUESTS`, and never changes anything. What an API's first call
 * gives decides whether it is asked more; a service that asks to wait ends the test. Never fails.
 */
export async function testCredential(request: TestRequest): Promise<TestOutcome> {
  const { definition, connection } = request;
  const granted = connection.grantedScopes.length > 0 ? connection.grantedScopes : null;
  const begin = planProbes({ definition, connection, known: granted }).filter(({ first }) => first);
  const seen = witness(request.fetch, request.header, request.clock);
  const shown = telling(begin);
  const opening = await askAll(request, begin, (call) => (call === shown ? seen.fetch : request.fetch));
  const listed = listedScopes(opening, connection.site);
  // Such lists may leave something out: what is claimed anywhere is tried.
  const known = listed === null ? granted : [...new Set([...listed, ...(granted ?? [])])];
  const shut = new Set(opening.filter(isShut).map(({ call }) => call.api));
  const asked = new Set(begin.map(({ url }) => url));
  const more = planProbes({ definition, connection, known })
    .filter(({ url, api, of }) => of === 'api' && !asked.has(url) && !shut.has(api))
    .slice(0, Math.max(0, MAX_REQUESTS - asked.size));
  const answers = [...opening, ...(opening.some(isBusy) ? [] : await askAll(request, more))];
  const tried = answers.flatMap((answered): Tried[] => triedBy(answered, known));
  const scopes = realScopes({ connection, apis: definition.apis, listed, tried });
  const account = accountOf(answers);
  const answer = seen.seen();
  const works = answers.some(({ answer }) => answer.kind === 'json');
  return {
    results: judge({ definition, connection, answers, known, account, works, scopes }),
    account,
    site: connection.site,
    products: definition.apis
      .map(({ id }) => id)
      .filter((id) => answers.some(({ call, answer }) => call.api === id && answer.kind === 'json')),
    scopes,
    ...(answer !== null && { answer }),
    dead: !works && answers.some(({ answer }) => answer.kind === 'unauthorized'),
  };
}

/** In order, a few at a time; none after an answer that asks to wait. */
async function askAll(
  { fetch: usual, header, connection }: TestRequest,
  calls: readonly Planned[],
  fetchFor: (call: Planned) => Fetch = () => usual,
): Promise<Answered[]> {
  const answers: Answered[] = [];
  // A credential of a repository or a page belongs to nobody, and may not ask.
  const namesNobody = connection.account.id === '';
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < calls.length && !answers.some(isBusy)) {
      const index = next++;
      const call = calls[index];
      if (call === undefined) return;
      const fetch = fetchFor(call);
      const answer = call.whoAmI
        ? await askWho(fetch, call.whoAmI, call.url, header, namesNobody)
        : await getJson(fetch, { url: call.url, header });
      answers[index] = { call, answer };
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, work));
  // Holes are what was not asked any more.
  return answers.flat();
}

const isBusy = (answered: Answered | undefined): boolean => answered?.answer.kind === 'busy';

/** After this, the API gives no other call anything else. */
const isShut = ({ call, answer }: Answered): boolean =>
  ['unauthorized', 'mismatch', 'forbidden', 'captcha', 'unreachable'].includes(answer.kind) ||
  (answer.kind === 'unusable' && !provesScope(call, answer));

/** Scopes that the provider lists in one of its answers: for the selected site, or for the credential as a whole. */
function listedScopes(answers: readonly Answered[], site: Site | null): string[] | null {
  for (const { call, answer } of answers) {
    if (answer.kind === 'scope-missing' && answer.granted !== null) return answer.granted;
    if (answer.kind !== 'json') continue;
    if (answer.scopes !== null) return answer.scopes;
    if (call.of !== 'sites' || !Array.isArray(answer.value) || site === null) continue;
    const scopes = (answer.value as unknown[]).flatMap((entry) =>
      typeof entry === 'object' &&
      entry !== null &&
      'id' in entry &&
      entry.id === site.cloudId &&
      'scopes' in entry
        ? entry.scopes
        : [],
    );
    const words = scopes.filter((scope): scope is string => typeof scope === 'string' && scope.length <= 200);
    if (words.length > 0) return [...new Set(words)].slice(0, 200);
  }
  return null;
}

function triedBy({ call, answer }: Answered, known: readonly string[] | null): Tried[] {
  if (call.probe === null) return [];
  const opened = opens(call, answer);
  return opened === null ? [] : [{ scopes: scopesTriedBy(call.probe, known), opened }];
}

function opens(call: Planned, answer: JsonAnswer): boolean | null {
  switch (answer.kind) {
    case 'json':
    case 'removed':
    case 'forbidden':
      return true;
    case 'scope-missing':
      return false;
    case 'unusable':
      return provesScope(call, answer) ? true : null;
    case 'unauthorized':
    case 'mismatch':
    case 'captcha':
    case 'busy':
    case 'unreachable':
      return null;
  }
}

function accountOf(answers: readonly Answered[]): Account | null {
  for (const { call, answer } of answers) {
    if (answer.kind !== 'json' || (call.of !== 'profile' && call.whoAmI === null)) continue;
    const account = accountFrom(answer.value, call.whoAmI ?? {});
    if (account !== null) return account;
  }
  return null;
}
