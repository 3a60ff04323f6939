import type { ConnectionView } from '../../contract/connection.ts';
import type { ProviderView } from '../../contract/provider.ts';
import { asksForScopes, wayOf } from './method-words.ts';

export interface ScopePreset {
  name: string;
  /** What it allows, in words. */
  description: string | null;
  /** What the definition requests unless the person says otherwise. */
  recommended: boolean;
  scopes: readonly string[];
  /** What a person should know before choosing it. */
  notice: string | null;
}

type Offered = Pick<ProviderView, 'defaultScopes' | 'scopePresets'>;

/** Sets of scopes that can be requested together: the definition's defaults first, then its presets. */
export function scopePresets({ defaultScopes, scopePresets: presets }: Offered): ScopePreset[] {
  const same = presets.find(({ scopes }) => sameScopes(scopes, defaultScopes));
  const first = same ?? {
    name: defaultScopes.length === 0 ? 'What the provider gives by itself' : 'What is usually needed',
    description: null,
    notice: null,
  };
  return [
    { ...first, recommended: true, scopes: defaultScopes },
    ...presets.filter((preset) => preset !== same).map((preset) => ({ ...preset, recommended: false })),
  ];
}

/** Name of the preset with exactly these scopes, in any order, besides those that are always requested; null: none. */
export const matchingPreset = (
  presets: readonly Pick<ScopePreset, 'name' | 'scopes'>[],
  scopes: readonly string[],
  required: readonly string[] = [],
): string | null =>
  presets.find((preset) => sameScopes([...preset.scopes, ...required], [...scopes, ...required]))?.name ??
  null;

function sameScopes(one: readonly string[], other: readonly string[]): boolean {
  const [has, wanted] = [new Set(one), new Set(other)];
  return has.size === wanted.size && one.every((scope) => wanted.has(scope));
}

/** Scopes as a person types them, each once. */
export const scopesIn = (text: string): string[] => [
  ...new Set(text.split(/[\s,]+/).filter((scope) => scope !== '')),
];

/** Those of `scopes` that the provider's definition does not list. */
export const unlistedScopes = (
  { scopes: known }: Pick<ProviderView, 'scopes'>,
  scopes: readonly string[],
): string[] => scopes.filter((scope) => !known.some((entry) => entry.scope === scope));

export interface FewerScopes {
  /** In the default, and not requested for this connection. */
  lacking: readonly string[];
  /** What the definition says about the set that it has. */
  notice: string | null;
}

/**
 * What a connection lacks of the provider's default permissions, as one from an earlier version may; null for one that
 * has all of them, and where the person chose a preset of which there is nothing to say.
 */
export function fewerScopes(
  connection: Pick<ConnectionView, 'method' | 'grant' | 'scopes' | 'requestedScopes'>,
  provider: Offered,
): FewerScopes | null {
  if (!asksForScopes(wayOf(connection))) return null;
  const { requestedScopes } = connection;
  const preset = provider.scopePresets.find(({ scopes }) => sameScopes(scopes, requestedScopes));
  if (preset?.notice === null) return null;
  const has = new Set([...requestedScopes, ...connection.scopes]);
  const lacking = provider.defaultScopes.filter((scope) => !has.has(scope));
  return lacking.length === 0 ? null : { lacking, notice: preset?.notice ?? null };
}
