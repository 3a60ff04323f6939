import type { Node } from 'jsonc-parser';
import { lineEnding, type Edit } from './edit.ts';
import { properties } from './json-document.ts';

/** How a text is laid out. */
export interface Layout {
  readonly eol: string;
  /** One level of indentation. */
  readonly unit: string;
}

export function layoutOf(text: string, root: Node): Layout {
  const [first] = properties(root);
  const indent = first === undefined ? '' : indentOf(text, first.key.offset);
  return { eol: lineEnding(text), unit: indent === '' || indent.length > 8 ? '  ' : indent };
}

/** A file with nothing but one value. */
export const wholeFile = (value: unknown, eol: string): string =>
  JSON.stringify(value, null, 2).split('\n').join(eol) + eol;

/**
 * Inserts a property as the first one, so that no comma and no comment of another property has to move: after the
 * opening brace and a comment that ends its line.
 */
export function insertProperty(
  text: string,
  object: Node,
  key: string,
  value: unknown,
  layout: Layout,
): Edit {
  const { eol, unit } = layout;
  const inner = object.offset + 1;
  const [first] = properties(object);
  const lineEnd = endOfOpeningLine(text, object);
  const outer = indentOf(text, object.offset);
  if (first !== undefined && lineEnd === null) {
    // All on one line.
    const gap = /^[ \t]*/.exec(text.slice(inner))?.[0] ?? '';
    return { at: inner, length: 0, insert: `${gap}${JSON.stringify(key)}:${gap}${JSON.stringify(value)},` };
  }
  const own = first === undefined ? '' : indentOf(text, first.key.offset);
  const indent = own === '' ? outer + unit : own;
  const line = `${eol}${indent}${propertyText(key, value, indent, layout)}`;
  if (first !== undefined) return { at: lineEnd ?? inner, length: 0, insert: `${line},` };
  return lineEnd === null
    ? { at: inner, length: 0, insert: `${line}${eol}${outer}` }
    : { at: lineEnd, length: 0, insert: line };
}

/** A value on lines of its own, from its first character on. */
export const valueText = (value: unknown, indent: string, { eol, unit }: Layout): string =>
  JSON.stringify(value, null, unit).split('\n').join(`${eol}${indent}`);

const propertyText = (key: string, value: unknown, indent: string, layout: Layout): string =>
  `${JSON.stringify(key)}: ${valueText(value, indent, layout)}`;

/** The spaces at the start of the line that `offset` is on. */
export function indentOf(text: string, offset: number): string {
  const start = Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
  return /^[ \t]*/.exec(text.slice(start, offset))?.[0] ?? '';
}

const COMMENTS = /(?:[ \t]|\/\/[^\r\n]*|\/\*[\s\S]*?\*\/)*/y;

/** Where the line of an object's opening brace ends, if nothing but comments follows on it; else null. */
function endOfOpeningLine(text: string, object: Node): number | null {
  const trivia = new RegExp(COMMENTS);
  trivia.lastIndex = object.offset + 1;
  trivia.exec(text);
  return /[\r\n]/.test(text.charAt(trivia.lastIndex)) ? trivia.lastIndex : null;
}
