import { isDeepStrictEqual } from 'node:util';
import { parse, TomlError, type TomlTable } from 'smol-toml';
import { fail, ok, type Result } from '../../lib/result.ts';
import type { Entry } from '../clients/client.ts';
import { applyEdits, lineEnding, type Edit } from './edit.ts';
import type { Format } from './format.ts';
import { tomlLines } from './toml-lines.ts';

/** TOML. Every change is read again and compared: only the one entry may differ. */
export const toml: Format = {
  entries(text, servers) {
    const document = parseText(text);
    if (!document.ok) return document;
    const held = document.value[servers];
    if (held === undefined) return ok(new Map<string, Entry>());
    if (!isTable(held)) return fail('conflict', `“${servers}” in it is not a table.`, FIX);
    return ok(
      new Map(Object.entries(held).flatMap(([name, value]) => (isTable(value) ? [[name, value]] : []))),
    );
  },

  put(text, servers, name, entry) {
    const document = parseText(text);
    if (!document.ok) return document;
    const eol = lineEnding(text);
    const values = Object.entries(entry).map(([key, value]) => `${keyText(key)} = ${JSON.stringify(value)}`);
    const section = sectionsOf(text, [servers, name])[0];
    if (section !== undefined) {
      const edits = replaceValues(text, section, entry, eol);
      return checked(text, edits, document.value, servers, name, entry);
    }
    const lines = [`[${keyText(servers)}.${keyText(name)}]`, ...values].map((line) => line + eol).join('');
    const gap = text === '' ? '' : text.endsWith('\n') ? eol : eol + eol;
    const edits = [{ at: text.length, length: 0, insert: gap + lines }];
    return checked(text, edits, document.value, servers, name, entry);
  },

  take(text, servers, name) {
    const document = parseText(text);
    if (!document.ok) return document;
    const lines = tomlLines(text);
    const edits = sectionsOf(text, [servers, name]).map(({ first, last }) => {
      // With the empty line that was put before it.
      const before = lines[first - 1];
      const at = (before?.kind === 'blank' ? before : lines[first])?.at ?? 0;
      return { at, length: (lines[last]?.end ?? text.length) - at, insert: '' };
    });
    return checked(text, edits, document.value, servers, name, null);
  },
};

/** Lines of a table, from its header to its last value, by number. */
interface Section {
  readonly first: number;
  readonly last: number;
}

/** The tables at a path or below it, as far as they have a header. */
function sectionsOf(text: string, path: readonly string[]): Section[] {
  const lines = tomlLines(text);
  const sections: Section[] = [];
  for (const [first, { kind, at, end }] of lines.entries()) {
    if (kind !== 'header' || !isBelow(headerPath(text.slice(at, end)), path)) continue;
    const next = lines.findIndex((line, index) => index > first && line.kind === 'header');
    const within = lines.slice(0, next < 0 ? lines.length : next);
    // Comments and empty lines at its end belong to what follows.
    sections.push({
      first,
      last: within.findLastIndex((line) => line.kind === 'value' || line.kind === 'header'),
    });
  }
  return sections;
}

const isBelow = (found: readonly string[], path: readonly string[]): boolean =>
  path.every((part, index) => found[index] === part);

/** The names in `[a."b".c]`; none for a list of tables, which is never ours. */
function headerPath(line: string): string[] {
  if (/^\s*\[\[/.test(line)) return [];
  const names: string[] = [];
  const only = parseText(line);
  for (let table: unknown = only.ok ? only.value : null; isTable(table);) {
    const [name] = Object.keys(table);
    if (name === undefined) break;
    names.push(name);
    table = table[name];
  }
  return names;
}

/** Replaces the values that differ, in their lines, and puts missing ones below the header. */
function replaceValues(text: string, { first, last }: Section, entry: Entry, eol: string): Edit[] {
  const lines = tomlLines(text);
  const header = lines[first];
  if (header === undefined) return [];
  const edits: Edit[] = [];
  const found = new Set<string>();
  for (const { at, end, kind } of lines.slice(first + 1, last + 1)) {
    const key = kind === 'value' ? Object.keys(valueOf(text.slice(at, end)))[0] : undefined;
    if (key === undefined || !Object.hasOwn(entry, key)) continue;
    found.add(key);
    if (isDeepStrictEqual(valueOf(text.slice(at, end))[key], entry[key])) continue;
    const line = /\r?\n$/.exec(text.slice(at, end))?.[0] ?? '';
    edits.push({ at, length: end - at, insert: `${keyText(key)} = ${JSON.stringify(entry[key])}${line}` });
  }
  const missing = Object.entries(entry).filter(([key]) => !found.has(key));
  const insert = missing.map(([key, value]) => `${keyText(key)} = ${JSON.stringify(value)}${eol}`).join('');
  const gap = text.slice(header.at, header.end).endsWith('\n') ? '' : eol;
  return insert === '' ? edits : [{ at: header.end, length: 0, insert: gap + insert }, ...edits];
}

const valueOf = (line: string): TomlTable => {
  const parsed = parseText(line);
  return parsed.ok ? parsed.value : {};
};

/** The edits, if they change the one entry and nothing else. */
function checked(
  text: string,
  edits: Edit[],
  before: TomlTable,
  servers: string,
  name: string,
  entry: Entry | null,
): Result<Edit[]> {
  const after = parseText(applyEdits(text, edits));
  const present = after.ok ? tableAt(after.value, servers)?.[name] : undefined;
  const isRight =
    entry === null
      ? present === undefined
      : isTable(present) &&
        Object.entries(entry).every(([key, value]) => isDeepStrictEqual(present[key], value));
  if (after.ok && isRight && isDeepStrictEqual(rest(before, servers, name), rest(after.value, servers, name)))
    return ok(edits);
  return fail(
    'conflict',
    `“${servers}” in it is written in a way that Tokentray does not change.`,
    `Write its servers as tables, such as [${servers}.example], or edit “${name}” by hand.`,
  );
}

/** The document without one entry, and without `servers` if that is then empty. */
function rest(document: TomlTable, servers: string, name: string): TomlTable {
  const { [servers]: held, ...others } = document;
  if (!isTable(held)) return { ...document };
  const { [name]: _ours, ...kept } = held;
  return Object.keys(kept).length === 0 ? others : { ...others, [servers]: kept };
}

const tableAt = (document: TomlTable, name: string): TomlTable | null => {
  const held = document[name];
  return isTable(held) ? held : null;
};

const isTable = (value: unknown): value is TomlTable =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);

const keyText = (key: string): string => (/^[A-Za-z0-9_-]+$/.test(key) ? key : JSON.stringify(key));

const FIX = 'Correct the file in an editor, then try again. Nothing was changed.';

function parseText(text: string): Result<TomlTable> {
  try {
    return ok(parse(text, { integersAsBigInt: true }));
  } catch (error) {
    if (error instanceof TomlError)
      return fail('conflict', `It is not valid TOML: an error in line ${error.line}.`, FIX);
    if (error instanceof RangeError) return fail('conflict', 'Its values are nested too deeply.', FIX);
    throw error;
  }
}
