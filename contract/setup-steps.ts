import type { ClientSetupView } from './client-setup.ts';
import type { ProviderView } from './provider.ts';
import { apiOfScope } from './scope-api.ts';

/** A step of registering an OAuth client; the name of a failure's field that it is about comes from here too. */
export type SetupStepId = 'console' | 'permissions' | 'redirect-uri' | 'credentials';

export interface SetupStep {
  id: SetupStepId;
  title: string;
  /** Where in the provider's console, or what to do there. */
  where: string;
}

/** Who signs in with the client: people, or a service account by itself. */
export type ClientUse = 'people' | 'service-account';

type Provider = Pick<ProviderView, 'name'> & { setup?: ClientSetupView | null | undefined };

const possessive = (name: string): string => `${name}’${name.endsWith('s') ? '' : 's'}`;

/** A name without what is in brackets, for sentences. */
export const shortName = (name: string): string => name.replace(/ \([^)]*\)$/, '');

/** What the place where clients are registered is called, within a sentence. */
export const consoleName = ({ name, setup }: Provider, use: ClientUse = 'people'): string =>
  (use === 'people' ? setup?.console : setup?.serviceAccount?.console) ??
  `${possessive(shortName(name))} developer settings`;

/**
 * The steps in words: the window shows them, and the command line prints them. `registered`: the client is there already, and is
 * looked at again. Pure.
 */
export function setupSteps(provider: Provider, use: ClientUse, registered = false): SetupStep[] {
  const { setup } = provider;
  const name = shortName(provider.name);
  const own = use === 'people' ? setup?.steps : setup?.serviceAccount?.steps;
  const open: SetupStep = {
    id: 'console',
    title: 'Open the console',
    where: registered
      ? 'Choose there what you registered.'
      : (own?.console ??
        (use === 'people'
          ? 'Create an OAuth app there; some call it a client, an integration or a consumer. Any name will do.'
          : 'Create a service account there, and an OAuth credential for it.')),
  };
  const credentials: SetupStep = {
    id: 'credentials',
    title: setup?.secret === 'none' ? 'Paste the client ID' : 'Paste client ID and secret',
    where: own?.credentials ?? 'Copy them from the page of what you created. Some show the secret only once.',
  };
  if (use === 'service-account') return [open, credentials];
  return [
    open,
    {
      id: 'permissions',
      title: 'Choose what you want to do',
      where: own?.permissions ?? scopesWords(setup, name),
    },
    {
      id: 'redirect-uri',
      title: 'Set the redirect URI',
      where: own?.redirectUri ?? 'Enter it there exactly as it is here, with its port.',
    },
    credentials,
  ];
}

/** Said once, where the redirect URI is first met. */
export function redirectUriWords({ name, setup }: Provider): string {
  const label = setup?.labels.redirectUri ?? null;
  const called =
    label === null ? 'Also called callback address' : `Called ${label} there, or callback address`;
  return `${called}: where ${shortName(name)} sends you back after you allow the access.`;
}

const scopesWords = (setup: ClientSetupView | null | undefined, name: string): string =>
  setup?.scopesAt === 'request'
    ? `Nothing to enter there: ${name} asks you for them when you sign in.`
    : 'If the registration lists permissions (scopes), add these.';

export interface ScopeGroup {
  /** As the console has it; null: it has no groups, or nobody knows which. */
  name: string | null;
  scopes: string[];
}

/**
 * Scopes as the provider's console groups them. `byItself`: those that only a sign-in names, so that there is nothing to add.
 * Pure.
 */
export function scopeGroups(
  { scopes: known, apis }: Pick<ProviderView, 'scopes' | 'apis'>,
  scopes: readonly string[],
): { groups: ScopeGroup[]; byItself: string[] } {
  const placeOf = (scope: string): string | null => {
    const listed = known.find((entry) => entry.scope === scope);
    if (listed !== undefined) return listed.console ?? null;
    const api = apiOfScope(scope, apis);
    return apis.find(({ id }) => id === api)?.console ?? null;
  };
  const groups = new Map<string | null, string[]>();
  for (const scope of scopes) {
    const place = placeOf(scope);
    groups.set(place, [...(groups.get(place) ?? []), scope]);
  }
  const grouped = known.some((entry) => (entry.console ?? null) !== null);
  const byItself = grouped
    ? (groups.get(null) ?? []).filter((scope) => known.some((entry) => entry.scope === scope))
    : [];
  const all = [...groups]
    .map(([name, of]) => ({
      name,
      scopes: name === null ? of.filter((scope) => !byItself.includes(scope)) : of,
    }))
    .filter((group) => group.scopes.length > 0)
    .toSorted((one, other) => Number(one.name === null) - Number(other.name === null));
  return { groups: all, byItself };
}

/** The fields of a client, as failures name them. */
const STEP_OF_FIELD: Readonly<Record<string, SetupStepId>> = {
  'client-id': 'credentials',
  'client-secret': 'credentials',
  'redirect-uri': 'redirect-uri',
  scopes: 'permissions',
};

/** The step that can mend a failure, by the field that it names; null: none. Pure. */
export const stepAtFault = (field: string | undefined): SetupStepId | null =>
  field === undefined ? null : (STEP_OF_FIELD[field] ?? null);
