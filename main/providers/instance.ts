import type { ProviderDefinition } from './definition.ts';

/** Resolved definitions, by definition and instance: they are needed for each view and refresh. */
const resolved = new WeakMap<ProviderDefinition, Map<string, ProviderDefinition>>();

/**
 * The definition with `{instance}` replaced in every address: by `instance`, else by the definition's usual one. Its
 * `instance.default` then is what was used.
 */
export function onInstance(definition: ProviderDefinition, instance: string | null): ProviderDefinition {
  const base = (instance ?? definition.instance?.default ?? '').replace(/\/+$/, '');
  if (definition.instance === undefined || base === '') return definition;
  let known = resolved.get(definition);
  if (known === undefined) resolved.set(definition, (known = new Map<string, ProviderDefinition>()));
  let result = known.get(base);
  if (result === undefined) {
    result = replaced(definition, base) as ProviderDefinition;
    known.set(base, (result = { ...result, instance: { ...definition.instance, default: base } }));
  }
  return result;
}

/** An address for people to open; null while it is below an instance that nobody has named. */
export const openable = (address: string | undefined): string | null =>
  address === undefined || address.startsWith('{') ? null : address;

function replaced(value: unknown, base: string): unknown {
  if (typeof value === 'string') return value.startsWith('{instance}') ? base + value.slice(10) : value;
  if (Array.isArray(value)) return value.map((entry) => replaced(entry, base));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, replaced(entry, base)]));
}
