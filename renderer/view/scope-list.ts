import type { ConnectionView } from '../../contract/connection.ts';

export interface ScopeLine {
  scope: string;
  /** `extra`: granted without having been asked for; `silent`: the provider does not say whether it was granted. */
  standing: 'granted' | 'missing' | 'extra' | 'silent';
}

/** What was asked for, in that order but for what is missing, which comes first; then what came besides. */
export function scopeList({
  scopes,
  requestedScopes,
  missingScopes,
}: Pick<ConnectionView, 'scopes' | 'requestedScopes' | 'missingScopes'>): ScopeLine[] {
  const granted = new Set(scopes);
  const asked = requestedScopes.map((scope): ScopeLine => {
    if (granted.has(scope)) return { scope, standing: 'granted' };
    return { scope, standing: missingScopes.includes(scope) ? 'missing' : 'silent' };
  });
  const extra = scopes
    .filter((scope) => !requestedScopes.includes(scope))
    .map((scope): ScopeLine => ({ scope, standing: 'extra' }));
  return [
    ...asked.filter(({ standing }) => standing === 'missing'),
    ...asked.filter(({ standing }) => standing !== 'missing'),
    ...extra,
  ];
}

const plural = (count: number, word: string): string => `${count} ${word}`;

/** `9 asked for · 8 granted · 1 missing`. */
export function scopeSummary(lines: readonly ScopeLine[]): string {
  const count = (...standings: ScopeLine['standing'][]): number =>
    lines.filter(({ standing }) => standings.includes(standing)).length;
  const missing = count('missing');
  return [
    plural(lines.length - count('extra'), 'asked for'),
    plural(count('granted', 'extra', 'silent'), 'granted'),
    ...(missing === 0 ? [] : [plural(missing, 'missing')]),
  ].join(' · ');
}
