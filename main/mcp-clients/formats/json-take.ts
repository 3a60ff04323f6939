import { createScanner, type Node } from 'jsonc-parser';
import type { Edit } from './edit.ts';
import { properties, type Property } from './json-document.ts';

/** Removes a property with one comma, its own line break and indentation; comments beside it stay. */
export function takeProperty(text: string, object: Node, { key, value }: Property): Edit[] {
  const end = value.offset + value.length;
  const gap = /(?:\r\n|\r|\n)?[ \t]*$/.exec(text.slice(0, key.offset))?.[0].length ?? 0;
  const start = key.offset - gap;
  const comma = commaAfter(text, end);
  if (comma !== null) {
    const between = text.slice(end, comma);
    if (between.trim() === '') return [{ at: start, length: comma + 1 - start, insert: '' }];
    return [
      { at: start, length: end - start, insert: '' },
      { at: comma, length: 1, insert: '' },
    ];
  }
  const all = properties(object);
  const previous = all[all.findIndex((property) => property.key === key) - 1];
  if (previous !== undefined) {
    const before = commaAfter(text, previous.value.offset + previous.value.length);
    const own = { at: start, length: end - start, insert: '' };
    return before === null ? [own] : [{ at: before, length: 1, insert: '' }, own];
  }
  // The only one. Braces with nothing between them close up.
  const close = object.offset + object.length - 1;
  const rest = text.slice(object.offset + 1, start) + text.slice(end, close);
  return rest.trim() === ''
    ? [{ at: object.offset + 1, length: close - object.offset - 1, insert: '' }]
    : [{ at: start, length: end - start, insert: '' }];
}

/** The comma that follows a value; null when none does. */
function commaAfter(text: string, offset: number): number | null {
  const scanner = createScanner(text, true);
  scanner.setPosition(offset);
  scanner.scan();
  const at = scanner.getTokenOffset();
  return text[at] === ',' ? at : null;
}
