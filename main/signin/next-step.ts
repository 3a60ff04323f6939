import type { Account, Site } from '../../contract/connection.ts';
import type { Failure } from '../../contract/errors.ts';
import type { ProviderDefinition } from '../providers/definition.ts';
import type { SignInRequest } from './ports.ts';
import { siteWithoutAsking } from './site-choice.ts';

export type NextStep =
  | { kind: 'confirm-account'; expected: Account; actual: Account }
  | { kind: 'choose-site'; account: Account; sites: Site[] }
  | { kind: 'save'; site: Site | null }
  | { kind: 'fail'; error: Failure };

export interface Known {
  definition: ProviderDefinition;
  request: Pick<SignInRequest, 'site' | 'reconnects'>;
  account: Account;
  sites: Site[];
  madeFor?: Site | undefined;
  /** The person's answers so far. */
  accountAccepted: boolean;
  chosenSite: Site | null;
}

/** The next question, or what to save if nothing is left to ask: first which account, then which site. */
export function nextStep({
  definition,
  request,
  account,
  sites,
  madeFor,
  accountAccepted,
  chosenSite,
}: Known): NextStep {
  const { reconnects } = request;
  if (reconnects && isOther(reconnects.account, account) && !accountAccepted)
    return { kind: 'confirm-account', expected: reconnects.account, actual: account };
  if (sites.length === 0 && definition.identity.kind !== 'atlassian-cloud')
    return { kind: 'save', site: null };
  if (sites.length === 0)
    return {
      kind: 'fail',
      error: {
        code: 'not-found',
        message: `${account.name} has no ${definition.name} site that this app can access.`,
        hint: 'Sign in with an account that uses Jira or Confluence, request at least one of their scopes, or ask the site’s admin to allow the app.',
      },
    };
  const wanted = request.site ?? reconnects?.site?.cloudId ?? reconnects?.site?.url ?? null;
  const site = madeFor ?? chosenSite ?? siteWithoutAsking(sites, wanted);
  return site ? { kind: 'save', site } : { kind: 'choose-site', account, sites };
}

/** An account without an id is one that the provider does not name. */
const isOther = (expected: Account, actual: Account): boolean =>
  expected.id !== '' && actual.id !== '' && expected.id !== actual.id;
