import { fieldOf } from '../lib/json.ts';

/** Longer texts are no names, addresses or tokens. */
const MAX_TEXT = 64_000;

/** Text that is not empty. */
export function text(value: unknown, ...names: readonly string[]): string | null {
  const found = fieldOf(value, ...names);
  if (typeof found !== 'string' || found.length > MAX_TEXT) return null;
  const trimmed = found.trim();
  return trimmed === '' ? null : trimmed;
}

export function number(value: unknown, ...names: readonly string[]): number | null {
  const found = fieldOf(value, ...names);
  return typeof found === 'number' && Number.isFinite(found) ? found : null;
}

/** Entries of an object; none for anything else. */
export const entries = (value: unknown, ...names: readonly string[]): [string, unknown][] => {
  const found = fieldOf(value, ...names);
  return typeof found === 'object' && found !== null && !Array.isArray(found) ? Object.entries(found) : [];
};

export const items = (value: unknown, ...names: readonly string[]): unknown[] => {
  const found = fieldOf(value, ...names);
  return Array.isArray(found) ? found : [];
};
