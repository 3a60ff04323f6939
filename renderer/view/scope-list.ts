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

/** `9 requested · 8 granted · 1 missing`. */
export function scopeSummary(lines: readonly ScopeLine[]): string {
  const count = (...standings: ScopeLine['standing'][]): number =>
    lines.filter(({ standing }) => standings.includes(standing)).length;
  const missing = count('missing');
  return [
    `${lines.length - count('extra')} requested`,
    `${count('granted', 'extra', 'silent')} granted`,
    ...(missing === 0 ? [] : [`${missing} missing`]),
  ].join(' · ');
}
