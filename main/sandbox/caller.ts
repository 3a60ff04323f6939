import { bearerTokenOf, json, type Reply, type SandboxRequest } from './exchange.ts';
import type { Grant } from './grants.ts';
import { ATLASSIAN_SERVER, type OAuthServer } from './oauth-server.ts';
import type { SandboxPerson, SandboxSite } from './people.ts';
import { findAccount, type SandboxState } from './sandbox-state.ts';

/** Who makes a request, and what the credential allows. */
export interface Caller {
  person: SandboxPerson;
  /** `all`: a classic API token, which has no scopes. */
  scopes: ReadonlySet<string> | 'all';
  /** The sites that the credential reaches. */
  sites: readonly SandboxSite[];
}

/** The caller by an OAuth access token of this server; null if the request has none that is valid. */
export function oauthCaller(
  state: SandboxState,
  request: SandboxRequest,
  server: OAuthServer = ATLASSIAN_SERVER,
): Caller | null {
  const token = bearerTokenOf(request);
  const claims = token === null ? null : state.mint.readAccessToken(token);
  if (token === null || !claims || claims.exp * 1000 <= state.clock.now()) return null;
  const grant = state.grants.get(claims.grant);
  const person = grant && findAccount(state, grant.person);
  if (!grant || !person || state.ended.how(token) !== null) return null;
  if (!server.apps(state).some(({ clientId }) => clientId === grant.clientId)) return null;
  if (claims.family !== undefined && !isCurrent(grant, claims.family, claims.serial)) return null;
  const sites = person.sites.filter(({ cloudId }) => grant.sites === 'all' || grant.sites.includes(cloudId));
  return { person, scopes: new Set(claims.scope.split(' ')), sites };
}

const isCurrent = ({ families }: Grant, id: string, serial: number | undefined): boolean =>
  families.some((family) => family.id === id && family.current === serial);

/** Whether one of the sets of scopes is complete. */
export const allows = ({ scopes }: Caller, sets: readonly (readonly string[])[]): boolean =>
  scopes === 'all' || sets.some((set) => set.every((scope) => scopes.has(scope)));

export const unauthorized = (headers: Readonly<Record<string, string>> = {}): Reply =>
  json(401, { code: 401, message: 'Unauthorized' }, headers);

/** Atlassian does not say which scope. */
export const scopeMissing = (): Reply =>
  json(
    401,
    { code: 401, message: 'Unauthorized; scope does not match' },
    { 'x-failure-category': 'FAILURE_CLIENT_SCOPE_CHECK' },
  );
