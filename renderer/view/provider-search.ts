import type { ProviderView } from '../../contract/provider.ts';
import { wayList } from './provider-words.ts';

/** The providers in whose name, id or ways to sign in every word of the query occurs, in their order. */
export function matchingProviders(providers: readonly ProviderView[], query: string): ProviderView[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return providers.filter((provider) => {
    const text = `${provider.name}\n${provider.id}\n${wayList(provider)}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
