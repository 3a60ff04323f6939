import { json, type Reply, type SandboxRequest } from './exchange.ts';
import type { Grant } from './grants.ts';
import type { SandboxPerson, SandboxSite } from './people.ts';
import type { SandboxState } from './sandbox-state.ts';

/** Whose access token a request carries, and what it allows. */
export interface Bearer {
  person: SandboxPerson;
  grant: Grant;
  scopes: ReadonlySet<string>;
  /** The sites that were granted. */
  sites: readonly SandboxSite[];
}

/** The bearer of a request's token (RFC 6750 §2.1); null if it has no valid token. */
export function bearerOf(state: SandboxState, { headers }: SandboxRequest): Bearer | null {
  const token = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
  const claims = token === undefined ? null : state.mint.readAccessToken(token);
  if (!claims || claims.exp * 1000 <= state.clock.now()) return null;
  const grant = state.grants.get(claims.grant);
  const person = state.people.find(({ key }) => key === grant?.person);
  if (!grant || !person) return null;
  const sites = person.sites.filter(({ cloudId }) => grant.sites === 'all' || grant.sites.includes(cloudId));
  return { person, grant, scopes: new Set(claims.scope.split(' ')), sites };
}

export const unauthorized = (): Reply => json(401, { code: 401, message: 'Unauthorized' });

/** Atlassian does not say which scope. */
export const scopeMissing = (): Reply =>
  json(401, { code: 401, message: 'Unauthorized; scope does not match' });
