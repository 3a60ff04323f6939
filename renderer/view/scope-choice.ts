import type { ProviderView } from '../../contract/provider.ts';

export interface ScopePreset {
  name: string;
  scopes: readonly string[];
}

/** Sets of scopes that can be requested together: the definition's defaults first, then its presets. */
export const scopePresets = ({ defaultScopes, scopePresets: presets }: ProviderView): ScopePreset[] => [
  { name: 'Recommended', scopes: defaultScopes },
  ...presets,
];

/** Name of the preset with exactly these scopes, in any order; null: a custom selection. */
export function matchingPreset(presets: readonly ScopePreset[], scopes: readonly string[]): string | null {
  const wanted = new Set(scopes);
  return (
    presets.find(
      (preset) => preset.scopes.length === wanted.size && preset.scopes.every((s) => wanted.has(s)),
    )?.name ?? null
  );
}
