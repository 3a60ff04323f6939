import { nearest } from '../../../contract/nearest.ts';
import { CREDENTIAL_FIELDS } from '../../../contract/vocabulary.ts';
import { cleanText } from '../../lib/clean-text.ts';
import { FILTER_NAMES, type FilterName } from './filters.ts';

/** What a template is at most, in characters. */
export const MOST_TEMPLATE_CHARS = 64 * 1024;

export type Field = (typeof CREDENTIAL_FIELDS)[number];

/** A piece of a template: text as it stands, or a value of the connection. */
export type Part =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'value';
      readonly field: Field | 'name';
      /** Whose address, of `api_url`. */
      readonly api?: string;
      /** What stands there for a connection without such a value; absent: that is a failure. */
      readonly otherwise?: string;
      readonly filters: readonly FilterName[];
      readonly line: number;
      readonly column: number;
    };

export interface TemplateFault {
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly hint: string;
}

export type ParsedTemplate =
  | { readonly ok: true; readonly parts: readonly Part[] }
  | { readonly ok: false; readonly fault: TemplateFault };

const PREFIX = 'connection.';
const NAMES: readonly string[] = ['name', ...CREDENTIAL_FIELDS].map((name) => PREFIX + name);
const API_URL = /^connection\.api_url\.([a-z][a-z0-9-]{0,49})$/;

/** One word of a placeholder: a text in quotes, as in JSON, a sign, or a name. */
const WORD = /\s*(?:("(?:[^"\\\n]|\\.)*")|(\?\?|\|)|([A-Za-z_][\w.-]*))/y;

const HOW = 'Write {{ connection.access_token }}, and {{ "{{" }} for the braces themselves.';

/**
 * Reads a template: text in which `{{ connection.FIELD }}` stands for a value of the connection. No code, no loops, no
 * conditions: `?? "text"` is what stands there without a value, `| filter` writes it in another way, and `{{ "text" }}` is
 * that text, so that `{{ "{{" }}` writes two braces. Pure; one pass, whatever is in it.
 */
export function parseTemplate(text: string): ParsedTemplate {
  if (text.length > MOST_TEMPLATE_CHARS) return { ok: false, fault: TOO_LONG };
  const parts: Part[] = [];
  const placeOf = placesIn(text);
  let at = 0;
  for (;;) {
    const open = text.indexOf('{{', at);
    if (open === -1) break;
    if (open > at) parts.push({ kind: 'text', text: text.slice(at, open) });
    const found = placeholder({ text, placeOf }, open);
    if ('fault' in found) return { ok: false, fault: found.fault };
    parts.push(found.part);
    at = found.end;
  }
  if (at < text.length) parts.push({ kind: 'text', text: text.slice(at) });
  return { ok: true, parts };
}

const TOO_LONG: TemplateFault = {
  ...{ line: 1, column: 1 },
  message: 'The template is longer than 64 KiB.',
  hint: 'Keep in it only what a program needs for one connection.',
};

type Found = { part: Part; end: number } | { fault: TemplateFault };

interface Word {
  readonly kind: 'quoted' | 'sign' | 'name';
  readonly text: string;
  readonly at: number;
}

/** The placeholder whose braces open here. */
function placeholder(source: Source, open: number): Found {
  const { text } = source;
  const words: Word[] = [];
  const word = new RegExp(WORD);
  word.lastIndex = open + 2;
  let end = open + 2;
  for (let match = word.exec(text); match; match = word.exec(text)) {
    const [whole, quoted, sign, name] = match;
    const spelled = quoted ?? sign ?? name ?? '';
    const kind = quoted !== undefined ? 'quoted' : sign !== undefined ? 'sign' : 'name';
    words.push({ kind, text: spelled, at: match.index + whole.length - spelled.length });
    end = word.lastIndex;
  }
  while (/\s/.test(text[end] ?? '')) end += 1;
  if (!text.startsWith('}}', end)) {
    return text.includes('}}', end)
      ? faultAt(source, end, 'This is not part of a placeholder.', HOW)
      : faultAt(source, open, 'This placeholder does not end: “}}” is missing.', HOW);
  }
  return meaning(source, open, words, end + 2);
}

function meaning(source: Source, open: number, [first, ...rest]: readonly Word[], end: number): Found {
  if (first === undefined) return faultAt(source, open, 'This placeholder is empty.', HOW);
  if (first.kind === 'sign') return faultAt(source, first.at, 'A placeholder begins with a name.', HOW);
  const filters: FilterName[] = [];
  let otherwise: string | undefined;
  for (let index = 0; index < rest.length; index += 2) {
    const [sign, operand] = [rest[index], rest[index + 1]];
    if (sign?.kind !== 'sign') return faultAt(source, sign?.at ?? open, 'Here “|” or “??” is missing.', HOW);
    if (sign.text === '??') {
      const value = operand?.kind === 'quoted' ? unquoted(operand.text) : null;
      if (value === null || otherwise !== undefined || filters.length > 0 || first.kind === 'quoted')
        return faultAt(source, sign.at, '“??” comes once, before filters, with a text in quotes.', DEFAULT);
      otherwise = value;
      continue;
    }
    const filter = FILTER_NAMES.find((name) => name === operand?.text && operand.kind === 'name');
    if (filter === undefined)
      return faultAt(source, operand?.at ?? sign.at, ...unknown('filter', operand?.text ?? '', FILTER_NAMES));
    filters.push(filter);
  }
  if (first.kind === 'quoted') {
    const literal = unquoted(first.text);
    if (literal === null || filters.length > 0)
      return faultAt(source, first.at, 'A text in quotes stands alone and is written as in JSON.', HOW);
    return { part: { kind: 'text', text: literal }, end };
  }
  const named = fieldNamed(first.text);
  if (named === null) return faultAt(source, first.at, ...unknown('name', first.text, NAMES));
  const place = source.placeOf(open);
  return {
    part: { kind: 'value', ...named, ...(otherwise === undefined ? {} : { otherwise }), filters, ...place },
    end,
  };
}

const DEFAULT = 'Write {{ connection.email ?? "" }}.';

function fieldNamed(name: string): { field: Field | 'name'; api?: string } | null {
  const api = API_URL.exec(name)?.[1];
  if (api !== undefined) return { field: 'api_url', api };
  if (!NAMES.includes(name)) return null;
  return { field: name.slice(PREFIX.length) as Field | 'name' };
}

function unquoted(text: string): string | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'string' ? value : null;
  } catch {
    return null;
  }
}

/** What is wrong and what to do. Names of a template are shown: they are no secrets. */
function unknown(kind: 'name' | 'filter', word: string, known: readonly string[]): [string, string] {
  const meant = nearest(word, known);
  const all = `Those that there are: ${known.join(', ')}${kind === 'name' ? ', connection.api_url.API' : ''}.`;
  return [
    word === '' ? `The ${kind} is missing.` : `There is no ${kind} “${cleanText(word, 80)}”.`,
    meant === null ? all : `Did you mean ${meant}? ${all}`,
  ];
}

const faultAt = (
  { placeOf }: Source,
  at: number,
  message: string,
  hint: string,
): { fault: TemplateFault } => ({ fault: { ...placeOf(at), message, hint } });

interface Place {
  readonly line: number;
  readonly column: number;
}

interface Source {
  readonly text: string;
  readonly placeOf: (at: number) => Place;
}

/** Line and column of places in a text, from 1, in characters; quick for one after another. */
function placesIn(text: string): (at: number) => Place {
  let line = 1;
  let start = 0;
  return (at) => {
    if (at < start) [line, start] = [1, 0];
    for (let next = text.indexOf('\n', start); next !== -1 && next < at; next = text.indexOf('\n', start)) {
      line += 1;
      start = next + 1;
    }
    return { line, column: at - start + 1 };
  };
}
