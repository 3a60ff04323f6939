import type { ProviderView } from '../../contract/provider.ts';

/** Where the provider's console has these scopes, such as `read:x, write:x under “Jira API” and offline_access`. */
export function placesOf(scopes: readonly string[], { scopes: known }: Pick<ProviderView, 'scopes'>): string {
  const places = new Map<string, string[]>();
  for (const scope of scopes) {
    const place = known.find((entry) => entry.scope === scope)?.console ?? '';
    places.set(place, [...(places.get(place) ?? []), scope]);
  }
  return [...places]
    .map(([place, of]) => `${of.join(', ')}${place === '' ? '' : ` under “${place}”`}`)
    .join(' and ');
}
