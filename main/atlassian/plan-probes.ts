import { apiAddresses } from '../credentials/addresses.ts';
import type { Probe, ProviderDefinition, WhoAmI } from '../providers/definition.ts';
import type { ConnectionRecord } from '../store/records.ts';
import { WRONG_REQUEST, type JsonAnswer } from './get-json.ts';

/** More would be no cheap test any more, and count against the account's limits. */
export const MAX_REQUESTS = 12;

/** One request of a test. */
export interface Planned {
  of: 'profile' | 'sites' | 'api';
  /** Id of the API; empty for the provider itself. */
  api: string;
  /** What it tries, for people. */
  label: string;
  url: string;
  /** The answer names the account. */
  whoAmI: WhoAmI | null;
  probe: Probe | null;
  /** Whether the others of this API wait for it. */
  first: boolean;
}

/** What one gave. */
export interface Answered {
  call: Planned;
  answer: JsonAnswer;
}

export interface PlanRequest {
  definition: ProviderDefinition;
  connection: Pick<ConnectionRecord, 'site' | 'route' | 'method' | 'grant'>;
  /** Scopes that the credential is known to have; null: nobody says. */
  known: readonly string[] | null;
}

/**
 * What to ask to learn what a credential may do: first who it belongs to, then one call of each API in turn, until there
 * are `MAX_REQUESTS`. Where the scopes are known only what they should open is tried, else every probe.
 */
export function planProbes({ definition, connection, known }: PlanRequest): Planned[] {
  const perApi = apiAddresses(definition, connection).map((address) => {
    const api = definition.apis.find(({ id }) => id === address.id);
    return api === undefined ? [] : callsOf(api, address.name, address.url, known);
  });
  const longest = Math.max(0, ...perApi.map(({ length }) => length));
  const inTurn = Array.from({ length: longest }, (_, turn) => perApi.flatMap((calls) => calls[turn] ?? []));
  return [...aboutPerson(definition, connection, known), ...inTurn.flat()].slice(0, MAX_REQUESTS);
}

/** The request that shows best that a credential works: the first one to an API. */
export const telling = (plan: readonly Planned[]): Planned | undefined =>
  plan.find(({ of }) => of === 'api') ?? plan[0];

/** Whether an error proves that the call went through: scopes are checked before whether anything is there. */
export const provesScope = ({ probe, whoAmI }: Planned, answer: JsonAnswer): boolean =>
  answer.kind === 'unusable' &&
  probe !== null &&
  whoAmI === null &&
  (WRONG_REQUEST.includes(answer.status) || (answer.status === 404 && probe.absent));

function aboutPerson(
  { identity }: ProviderDefinition,
  { method }: PlanRequest['connection'],
  known: readonly string[] | null,
): Planned[] {
  const call = (of: 'profile' | 'sites', label: string, url: string): Planned => ({
    of,
    api: '',
    label,
    url,
    whoAmI: null,
    probe: null,
    first: true,
  });
  if (identity.kind === 'userinfo')
    return identity.userinfoUrl === undefined ? [] : [call('profile', 'Profile', identity.userinfoUrl)];
  // Only tokens of OAuth are taken there.
  if (identity.kind !== 'atlassian-cloud' || (method !== 'oauth2' && method !== 'access-token')) return [];
  const api = identity.apiUrl.replace(/\/+$/, '');
  return [
    ...(known?.includes('read:me') === false ? [] : [call('profile', 'Profile', `${api}/me`)]),
    call('sites', 'Site', `${api}/oauth/token/accessible-resources`),
  ];
}

function callsOf(
  { id, whoAmI, probes }: ProviderDefinition['apis'][number],
  name: string,
  url: string,
  known: readonly string[] | null,
): Planned[] {
  const calls = probes
    .filter((probe) => isWorthTrying(probe, known))
    .map((probe) => ({ probe, path: probe.path, label: `${name}: ${probe.name}` }));
  const isProbe = whoAmI !== undefined && probes.some(({ path }) => path === whoAmI.path);
  return [
    ...(whoAmI !== undefined && !isProbe ? [{ probe: null, path: whoAmI.path, label: name }] : []),
    ...calls,
  ].map(({ probe, path, label }, index) => ({
    of: 'api',
    api: id,
    label,
    url: url + path,
    whoAmI: whoAmI?.path === path ? whoAmI : null,
    probe,
    first: index === 0,
  }));
}

function isWorthTrying({ scopes, granular, successors }: Probe, known: readonly string[] | null): boolean {
  if (known === null) return successors.length === 0;
  return (
    scopes.some((scope) => known.includes(scope)) ||
    (granular.length > 0 && granular.every((scope) => known.includes(scope)))
  );
}

/** The scopes that a probe is about: those of its alternatives that the credential has, else the first alternative. */
export function scopesTriedBy({ scopes, granular }: Probe, known: readonly string[] | null): string[] {
  const had = scopes.filter((scope) => known?.includes(scope));
  if (had.length > 0) return had;
  const [first] = scopes;
  const all = granular.length > 0 && (known?.length ?? 0) > 0 && granular.every((s) => known?.includes(s));
  return first === undefined || all ? [...granular] : [first];
}
