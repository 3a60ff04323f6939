import { parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser';
import { fail, ok, type Result } from '../../lib/result.ts';

export interface Property {
  readonly key: Node;
  readonly value: Node;
}

/** A file's object, and the one in it that holds the servers. */
export interface Document {
  readonly root: Node;
  readonly servers: Node | null;
}

/** Reads JSON, with comments and trailing commas too, as editors do. The text is not blank. */
export function parseDocument(text: string, servers: string): Result<Document> {
  const errors: ParseError[] = [];
  let root: Node | undefined;
  try {
    root = parseTree(text, errors, { allowTrailingComma: true });
  } catch (error) {
    // It reads nested values by calling itself.
    if (error instanceof RangeError) return fail('conflict', 'Its values are nested too deeply.', FIX);
    throw error;
  }
  const [first] = errors;
  if (first) {
    const what = printParseErrorCode(first.error)
      .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
      .toLowerCase();
    return fail('conflict', `It is not valid JSON: ${what} in line ${lineOf(text, first.offset)}.`, FIX);
  }
  if (root?.type !== 'object') return fail('conflict', 'It holds something else than a JSON object.', FIX);
  const found = properties(root).filter(({ key }) => key.value === servers);
  if (found.length > 1) return fail('conflict', `It has “${servers}” more than once.`, 'Join them into one.');
  const value = found[0]?.value ?? null;
  if (value !== null && value.type !== 'object')
    return fail('conflict', `“${servers}” in it is not an object.`, FIX);
  return ok({ root, servers: value });
}

const FIX = 'Correct the file in an editor, then try again. Nothing was changed.';

export const lineOf = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;

export const properties = (object: Node): Property[] =>
  (object.children ?? []).flatMap(({ children }) => {
    const [key, value] = children ?? [];
    return key === undefined || value === undefined ? [] : [{ key, value }];
  });

export const named = (object: Node, name: string): Property | null =>
  properties(object).find(({ key }) => key.value === name) ?? null;

/** The value of a node. A property `__proto__` is one like any other. */
export function plainValue(node: Node): unknown {
  if (node.type === 'array') return (node.children ?? []).map(plainValue);
  if (node.type !== 'object') return node.value as unknown;
  return Object.fromEntries(properties(node).map(({ key, value }) => [String(key.value), plainValue(value)]));
}
