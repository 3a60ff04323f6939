import { cleanText } from '../lib/clean-text.ts';
import { fieldOf } from '../lib/json.ts';

/** What is at a path of names separated by dots; undefined when nothing is there. */
export const valueAt = (value: unknown, path: string): unknown => fieldOf(value, ...path.split('.'));

/** The text or number at a path, cleaned for showing; numbers count as ids do. Empty when there is none. */
export function textAt(value: unknown, path: string, maxLength: number): string {
  const found = valueAt(value, path);
  return shortText(typeof found === 'number' ? String(found) : found, maxLength);
}

export const shortText = (value: unknown, maxLength: number): string =>
  typeof value === 'string' ? cleanText(value, maxLength) : '';
