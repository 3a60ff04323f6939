import type { ScopeTruth } from '../../contract/calls.ts';
import { apiOfScope } from '../../contract/scope-api.ts';
import type { ApiDefinition } from '../providers/definition.ts';
import type { ConnectionRecord } from '../store/records.ts';

/** What a call proved about the scopes that open it. */
export interface Tried {
  scopes: readonly string[];
  opened: boolean;
}

export interface Evidence {
  connection: Pick<ConnectionRecord, 'requestedScopes' | 'grantedScopes' | 'renewal'>;
  apis: readonly Pick<ApiDefinition, 'id' | 'scopePattern'>[];
  /** Scopes that the provider listed just now; null when it did not. Such lists may leave out those of no API. */
  listed: readonly string[] | null;
  tried: readonly Tried[];
}

/**
 * The scopes that a credential really has: what was tried counts most, then what the provider lists now, then what it
 * said when it was connected. `has` is null where nothing tells.
 */
export function realScopes({ connection, apis, listed, tried }: Evidence): ScopeTruth[] {
  const { requestedScopes, grantedScopes, renewal } = connection;
  const all = new Set([
    ...requestedScopes,
    ...grantedScopes,
    ...(listed ?? []),
    ...tried.flatMap(({ scopes }) => scopes),
  ]);
  return [...all].map((scope) => {
    const api = apiOfScope(scope, apis);
    const calls = tried.filter(({ scopes }) => scopes.includes(scope));
    if (calls.length > 0) return { scope, api, has: calls.some(({ opened }) => opened), how: 'tried' };
    const has = said(scope, api);
    return { scope, api, has, how: has === null ? null : 'granted' };
  });

  function said(scope: string, api: string | null): boolean | null {
    if (listed?.includes(scope)) return true;
    // Granted once, not listed now: only a call could tell.
    if (listed !== null && api !== null) return grantedScopes.includes(scope) ? null : false;
    if (grantedScopes.includes(scope)) return true;
    // Providers list it nowhere; what it is for shows that it is there.
    if (scope === 'offline_access') return renewal === 'refresh-token' ? true : null;
    if (scope === 'openid' || (grantedScopes.length === 0 && listed === null)) return null;
    return grantedScopes.length > 0 && requestedScopes.includes(scope) ? false : null;
  }
}
