import type { ProviderView } from '../../contract/provider.ts';
import { apiOfScope } from '../../contract/scope-api.ts';
import { permissions } from './permission-count.ts';
import { scopesIn, unlistedScopes } from './scope-choice.ts';

/** A permission that can be asked for. */
export interface Offer {
  scope: string;
  /** What it allows; null where only its name is known. */
  words: string | null;
}

export interface OfferGroup {
  name: string;
  offers: readonly Offer[];
}

type Offering = Pick<ProviderView, 'scopes' | 'apis' | 'requiredScopes'>;

const UNLISTED = 'Not in the provider’s list';

/** The heading for permissions of no API. */
const GENERAL = 'General';

/** The heading under which a permission is, as the provider's console has it: `Jira` for `Jira API › Granular scopes`. */
export function headingOf(scope: string, { scopes, apis }: Pick<ProviderView, 'scopes' | 'apis'>): string {
  const place = scopes.find((known) => known.scope === scope)?.console;
  const api = apiOfScope(scope, apis);
  return place?.split(' › ')[0]?.replace(/ API$/, '') ?? apis.find(({ id }) => id === api)?.name ?? GENERAL;
}

/** What a permission allows; its name where nothing says it. */
export const permissionWords = (scope: string, provider: Pick<ProviderView, 'scopes'> | undefined): string =>
  wordsOf(provider?.scopes.find((known) => known.scope === scope)?.description) ?? scope;

const wordsOf = (description: string | undefined): string | null =>
  description === undefined || description === '' ? null : description;

/** What can be asked for, by heading, those of an API first; then what was added by name. Without what is always included. */
export function offerGroups(provider: Offering, selected: readonly string[]): OfferGroup[] {
  const groups = new Map<string, Offer[]>();
  const isGeneral = ({ scope }: { scope: string }): boolean => apiOfScope(scope, provider.apis) === null;
  const listed = provider.scopes.filter(({ scope }) => !provider.requiredScopes.includes(scope));
  for (const entry of [...listed.filter((one) => !isGeneral(one)), ...listed.filter(isGeneral)]) {
    const heading = headingOf(entry.scope, provider);
    const offers = groups.get(heading) ?? [];
    offers.push({ scope: entry.scope, words: wordsOf(entry.description) });
    groups.set(heading, offers);
  }
  const own = unlistedScopes(provider, selected).filter((scope) => !provider.requiredScopes.includes(scope));
  if (own.length > 0)
    groups.set(
      UNLISTED,
      own.map((scope) => ({ scope, words: null })),
    );
  return [...groups].map(([name, offers]) => ({ name, offers }));
}

/** Those in whose words, name or heading every word of the search is; `only`: these and no others. */
export function matchingOffers(
  groups: readonly OfferGroup[],
  search: string,
  only: ReadonlySet<string> | null,
): OfferGroup[] {
  const wanted = search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return groups
    .map(({ name, offers }) => ({
      name,
      offers: offers.filter(({ scope, words }) => {
        const text = `${name} ${words ?? ''} ${scope}`.toLowerCase();
        return (only === null || only.has(scope)) && wanted.every((word) => text.includes(word));
      }),
    }))
    .filter(({ offers }) => offers.length > 0);
}

/** RFC 6749 §3.3. */
const SCOPE_NAME = /^[\x21\x23-\x5b\x5d-\x7e]{1,200}$/;

/** What a search that finds nothing may be instead: names of permissions that the provider does not list. */
export function namesIn(search: string): string[] {
  const names = scopesIn(search);
  return names.every((name) => SCOPE_NAME.test(name)) ? names : [];
}

/** `9 permissions`, and where they come from. Nothing is counted twice. */
export function choiceCount(
  selected: readonly string[],
  required: readonly string[],
): { total: string; parts: string | null } {
  const chosen = new Set(selected.filter((scope) => !required.includes(scope))).size;
  const all = chosen + required.length;
  return {
    total: permissions(all),
    parts: required.length === 0 ? null : `${chosen} chosen, ${required.length} always included`,
  };
}

/** Most permissions that are named where a preset says nothing about itself. */
const NAMED = 3;

/** What a set of permissions allows, in one line. */
export function allowedWords(
  { scopes: known }: Pick<ProviderView, 'scopes'>,
  { description, scopes }: { description: string | null; scopes: readonly string[] },
): string {
  if (description !== null) return description;
  const words = scopes.map((scope) => permissionWords(scope, { scopes: known }));
  const more = words.length - NAMED;
  return words.length === 0
    ? 'No permission is asked for.'
    : `${words.slice(0, NAMED).join('; ')}${more > 0 ? `; ${more} more` : ''}`;
}
