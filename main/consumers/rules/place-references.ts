import { textOf } from './json-fields.ts';
import type { PlaceReference, PlaceSources } from './places.ts';

export const keyIn = (value: unknown): PlaceReference | null => {
  const key = textOf(value);
  return key === null ? null : { key };
};

/** All of them; null when one says nothing. */
export function allOf(references: readonly (PlaceReference | null)[]): readonly PlaceReference[] | null {
  const known = references.filter((reference) => reference !== null);
  return known.length === references.length ? known : null;
}

/** Places that path and query name; null when one of them says nothing, or there are none. */
export function namedIn(references: readonly (PlaceReference | null)[]): PlaceSources | null {
  const known = allOf(references);
  return known === null || known.length === 0 ? null : { named: known, inBody: null };
}

/** Places that only the body names. */
export const readFrom = (read: (body: unknown) => readonly (PlaceReference | null)[]): PlaceSources => ({
  named: [],
  inBody: (body) => allOf(read(body)),
});

/** Each value of each of these parameters, also of lists with commas. */
export function queryValues(query: string, names: readonly string[]): string[] {
  const parameters = new URLSearchParams(query);
  return names.flatMap((name) => parameters.getAll(name)).flatMap((value) => value.split(','));
}
