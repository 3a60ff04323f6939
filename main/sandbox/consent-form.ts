import type { SandboxPerson } from './people.ts';

/** The decision made on the sign-in page. */
export type Decision =
  | { kind: 'allow'; person: SandboxPerson; sites: string[] | 'all' }
  | { kind: 'deny' }
  | { kind: 'incomplete'; reason: string };

/** The sites of all people are on one page, so the value of a check box names person and site. */
export const siteValue = (person: SandboxPerson, siteKey: string): string => `${person.key}/${siteKey}`;

/**
 * Reads the posted form: `account` (key, e-mail or account id), `site` (any number; `acme` or `ana/acme`) and
 * `decision` (`allow` or `deny`). No site means all of them: an account-level grant.
 */
export function readConsentForm(form: URLSearchParams, people: readonly SandboxPerson[]): Decision {
  const decision = form.get('decision');
  if (decision === 'deny') return { kind: 'deny' };
  if (decision !== 'allow') return { kind: 'incomplete', reason: 'Choose Allow or Deny.' };
  const person = findPerson(people, form.get('account'));
  if (!person) return { kind: 'incomplete', reason: 'Choose an account.' };
  const chosen = form.getAll('site').filter((value) => value !== '');
  const sites = person.sites.filter(
    ({ key }) => chosen.includes(key) || chosen.includes(siteValue(person, key)),
  );
  if (sites.length === 0 && chosen.some((value) => !value.includes('/')))
    return { kind: 'incomplete', reason: 'This account does not have that site.' };
  return { kind: 'allow', person, sites: sites.length === 0 ? 'all' : sites.map(({ cloudId }) => cloudId) };
}

export const findPerson = (people: readonly SandboxPerson[], name: string | null): SandboxPerson | null =>
  people.find(({ key, email, accountId }) => name === key || name === email || name === accountId) ?? null;
