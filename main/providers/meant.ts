import type { ProviderDefinition } from './definition.ts';
import { nearest } from '../../contract/nearest.ts';

const MOST = 3;

/**
 * Providers that were probably meant by an ID that none has: those with a product of that name, as for `jira`, then the one
 * with the most similar ID. Pure.
 */
export function meantProviders(
  id: string,
  definitions: readonly Pick<ProviderDefinition, 'id' | 'apis'>[],
): string[] {
  const wanted = id.toLowerCase();
  const ids = definitions.map((definition) => definition.id as string);
  const similar = nearest(id, ids);
  const withProduct = definitions.filter(({ apis }) => apis.some((api) => api.id === wanted));
  return [
    ...new Set([
      ...withProduct.map((definition) => definition.id as string),
      ...(similar === null ? [] : [similar]),
    ]),
  ].slice(0, MOST);
}
