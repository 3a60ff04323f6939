import type { ScopeTruth, TestResult } from '../../contract/calls.ts';
import type { Account } from '../../contract/connection.ts';
import type { ProviderDefinition } from '../providers/definition.ts';
import { oauth2Of } from '../providers/methods.ts';
import { reconnectAdvice } from '../refresh/advice.ts';
import type { ConnectionRecord } from '../store/records.ts';
import { parseSites } from './accounts.ts';
import { cureOf, type Situation } from './cures.ts';
import { howToObtain, type Reconnectable } from './obtain-scopes.ts';
import { provesScope, scopesTriedBy, type Answered } from './plan-probes.ts';
import type { Refusal } from './refusals.ts';

export interface Findings {
  definition: ProviderDefinition;
  connection: Reconnectable & Pick<ConnectionRecord, 'site' | 'grantedScopes'>;
  answers: readonly Answered[];
  /** Scopes that the credential was said to have; null: nobody says. */
  known: readonly string[] | null;
  account: Account | null;
  /** Whether anything was answered. */
  works: boolean;
  scopes: readonly ScopeTruth[];
}

interface Problem {
  check: string;
  name: string;
  refusal: Refusal;
  answered: Answered;
}

/**
 * What a test tells its person: who they are, each API that works, and one line for each thing that does not. What a
 * credential was never said to have is no problem; `scopes` has it.
 */
export function judge(findings: Findings): TestResult[] {
  const { definition, connection, answers, account } = findings;
  const problems = problemsOf(findings);
  const notGranted = lackingRequested(findings);
  const missing = [...new Set([...problems.flatMap((problem) => wanted(findings, problem)), ...notGranted])];
  const obtain = (): string => howToObtain(connection, definition, missing);
  const bad = problems.map((problem): TestResult => {
    const { code, message, hint } = cureOf(problem.refusal, situationOf(findings, problem, obtain));
    const scopes = wanted(findings, problem);
    return {
      check: problem.check,
      ok: false,
      message,
      code,
      hint,
      ...(scopes.length > 0 && { missingScopes: scopes }),
    };
  });
  const good = definition.apis.flatMap(({ id, name }): TestResult[] =>
    answers.some((answered) => answered.call.api === id && isGood(answered))
      ? [{ check: name, ok: true, message: answersFor(name, connection.site?.name) }]
      : [],
  );
  const results = [
    ...(account === null
      ? []
      : [{ check: 'Profile', ok: true, message: signedIn(definition.name, account) }]),
    ...good,
    ...bad,
    ...(answers.some((answered) => siteIsGone(answered, connection.site)) ? [siteGone(connection)] : []),
    ...(notGranted.length === 0 ? [] : [notGrantedResult(notGranted, obtain())]),
  ];
  return results.length > 0 ? results : [nothingTried(definition.name)];
}

/** Silence is no proof that a credential works. */
const nothingTried = (provider: string): TestResult => ({
  check: 'Credential',
  ok: false,
  message: `Whether it works is not known: nothing of ${provider} could be tried with it.`,
  code: 'unsupported',
  hint: 'The provider’s definition can name a request that tells (whoAmI of one of its apis).',
});

const signedIn = (provider: string, { name }: Account): string =>
  `You are signed in to ${provider} as ${name}.`;

const answersFor = (api: string, site: string | undefined): string =>
  site === undefined ? `${api} answers.` : `${api} answers for ${site}.`;

/** Enough to say that an API is open. */
const isGood = ({ call, answer }: Answered): boolean => answer.kind === 'json' || provesScope(call, answer);

function problemsOf(findings: Findings): Problem[] {
  const { definition, answers, known, works } = findings;
  return answers.flatMap((answered): Problem[] => {
    const { call, answer } = answered;
    if (answer.kind === 'json' || isGood(answered) || call.of === 'sites') return [];
    const problem = { check: call.label, name: definition.name, refusal: answer, answered };
    if (call.of === 'profile') return lacksProfile(answer, known, works) ? [] : [problem];
    const name = definition.apis.find(({ id }) => id === call.api)?.name ?? call.label;
    const others = answers.some((other) => other.call.api === call.api && isGood(other));
    if (call.probe !== null && answer.kind === 'removed')
      return call.probe.successors.some((scope) => known?.includes(scope)) ? [] : [{ ...problem, name }];
    if (others && isUnclaimed(answer, known)) return [];
    // The first call stands for the whole API while nothing of it works.
    return call.first || others ? [{ ...problem, name, check: others ? call.label : name }] : [];
  });
}

/** The account may not, or the credential was never said to have the scope: nothing is wrong with it. */
const isUnclaimed = ({ kind }: Refusal, known: readonly string[] | null): boolean =>
  kind === 'forbidden' || kind === 'unusable' || (kind === 'scope-missing' && known === null);

/** Tokens may be made without the scope of the profile; the APIs then say who it is. */
const lacksProfile = ({ kind }: Refusal, known: readonly string[] | null, works: boolean): boolean =>
  known?.includes('read:me') !== true &&
  (kind === 'scope-missing' || kind === 'forbidden' || (kind === 'unauthorized' && works));

/** The scopes that would cure it. */
function wanted({ known }: Findings, { refusal, answered }: Problem): string[] {
  const { probe } = answered.call;
  if (refusal.kind === 'scope-missing') {
    if (refusal.required.length > 0) return refusal.required;
    if (answered.call.of === 'profile') return ['read:me'];
    return probe === null ? [] : scopesTriedBy(probe, known);
  }
  return refusal.kind === 'removed' ? [...(probe?.successors ?? [])] : [];
}

function situationOf(findings: Findings, problem: Problem, obtain: () => string): Situation {
  const { definition, connection, works } = findings;
  const api = definition.apis.find(({ id }) => id === problem.answered.call.api);
  return {
    name: problem.name,
    credential: 'token',
    renew:
      connection.method === 'oauth2' ? reconnectAdvice(connection) : howToObtain(connection, definition, []),
    retry: 'Try again in a few minutes.',
    codes: { over: 'needs-reconnect', forbidden: 'denied', odd: 'failed' },
    odd: 'Open the address of the site in a browser: a login page or a proxy may be in between.',
    obtain,
    scopes: wanted(findings, problem),
    successors: problem.answered.call.probe?.successors ?? [],
    works,
    elsewhere: api !== undefined && Object.keys(api.urls).length > 1,
  };
}

/** Requested, and the provider says that it was not granted. */
function lackingRequested({ definition, connection, scopes }: Findings): string[] {
  const optional = oauth2Of(definition)?.optionalScopes ?? [];
  return scopes
    .filter(({ has, how }) => has === false && how === 'granted')
    .map(({ scope }) => scope)
    .filter((scope) => connection.requestedScopes.includes(scope) && !optional.includes(scope));
}

const notGrantedResult = (missing: string[], hint: string): TestResult => ({
  check: 'Permissions',
  ok: false,
  message: `Requested, but not granted: ${missing.join(', ')}.`,
  code: 'missing-scope',
  hint,
  missingScopes: missing,
});

const siteIsGone = ({ call, answer }: Answered, site: ConnectionRecord['site']): boolean =>
  call.of === 'sites' &&
  answer.kind === 'json' &&
  site !== null &&
  site.cloudId !== null &&
  parseSites(answer.value, [])?.some(({ cloudId }) => cloudId === site.cloudId) === false;

const siteGone = (connection: Findings['connection']): TestResult => ({
  check: 'Site',
  ok: false,
  message: `The sign-in no longer covers the site ${connection.site?.name ?? ''}.`,
  code: 'denied',
  hint: `Ask for access to the site, or sign in again and allow it. ${reconnectAdvice(connection)}`,
});
