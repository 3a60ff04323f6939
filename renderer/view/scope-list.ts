import type { ConnectionView } from '../../contract/connection.ts';

export interface ScopeLine {
  scope: string;
  /** `extra`: granted without being requested; `silent`: the provider does not report whether it was granted. */
  standing: 'granted' | 'missing' | 'extra' | 'silent';
}

/** Missing scopes first, then the other requested ones, each in the order of the request; then those granted in addition. */
export function scopeList({
  scopes,
  requestedScopes,
  missingScopes,
}: Pick<ConnectionView, 'scopes' | 'requestedScopes' | 'missingScopes'>): ScopeLine[] {
  const granted = new Set(scopes);
  const requested = requestedScopes.map((scope): ScopeLine => {
    if (granted.has(scope)) return { scope, standing: 'granted' };
    return { scope, standing: missingScopes.includes(scope) ? 'missing' : 'silent' };
  });
  const extra = scopes
    .filter((scope) => !requestedScopes.includes(scope))
    .map((scope): ScopeLine => ({ scope, standing: 'extra' }));
  return [
    ...requested.filter(({ standing }) => standing === 'missing'),
    ...requested.filter(({ standing }) => standing !== 'missing'),
    ...extra,
  ];
}
