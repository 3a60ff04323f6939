import { parseEnv } from 'node:util';
import type { Place } from './candidate.ts';
import type { Surroundings } from './surroundings.ts';
import { text } from './tree.ts';

type Notes = Pick<Surroundings, 'note'>;

/**
 * JSON, with the comments and trailing commas that editors allow in it; undefined, with a note, for what is none. The
 * parser's message is not passed on: it quotes the text.
 */
export function parseJson(source: string, place: Place, { note }: Notes): unknown {
  for (const text of [source, strictJson(source)])
    try {
      return JSON.parse(text) as unknown;
    } catch {
      // Tried again without comments, then told below.
    }
  note(place, 'It is not valid JSON, so it was left out.');
  return undefined;
}

/** What has no end reaches to the end of the file: the time that this takes must not grow faster than the file. */
const STRING_OR_COMMENT = /"(?:\\[\s\S]?|[^"\\])*(?:"|$)|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/g;
const STRING_OR_COMMA = /"(?:\\[\s\S]?|[^"\\])*(?:"|$)|,(?=\s*[}\]])/g;

const strictJson = (source: string): string =>
  source
    .replace(STRING_OR_COMMENT, (part) => (part.startsWith('"') ? part : ' '))
    .replace(STRING_OR_COMMA, (part) => (part === ',' ? '' : part));

/** YAML 1.2; undefined, with a note, for what is none. */
export async function parseYaml(source: string, place: Place, { note }: Notes): Promise<unknown> {
  // Only an import needs it: the start does not wait for it to load.
  const { load } = await import('js-yaml');
  try {
    return load(source);
  } catch {
    note(place, 'It is not valid YAML, so it was left out.');
    return undefined;
  }
}

export type Variables = ReadonlyMap<string, string>;

const BLOCK_START = /^[ \t]*# >>> tokentray \(/;
const BLOCK_END = /^[ \t]*# <<< tokentray \(/;

/** The variables of an env file, without those that Tokentray itself wrote there. */
export function parseVariables(source: string): Variables {
  let ours = false;
  const lines = source.split('\n').filter((line) => {
    if (BLOCK_START.test(line)) ours = true;
    const kept = !ours;
    if (BLOCK_END.test(line)) ours = false;
    return kept;
  });
  return variablesOf(parseEnv(lines.join('\n')));
}

/** Those that hold a value: no reference to another variable, no placeholder of an example. */
export function variablesOf(values: object): Variables {
  const found = new Map<string, string>();
  for (const name of Object.keys(values)) {
    const value = text(values, name);
    if (value !== null && !PLACEHOLDER.test(value)) found.set(name, value);
  }
  return found;
}

const PLACEHOLDER = /^\$\{?[A-Za-z_]|^<.*>$|^your[-_. ]|^(x{4,}|\.{3,}|changeme)$/i;

/** One machine of a `.netrc` file (GNU inetutils, *The .netrc file*). */
export interface NetrcEntry {
  machine: string;
  login: string | null;
  password: string | null;
}

export function parseNetrc(source: string): NetrcEntry[] {
  const found: NetrcEntry[] = [];
  const words = withoutMacros(source).match(/"(?:\\[^\n]?|[^"\\\n])*"?|#[^\n]*|\S+/g) ?? [];
  let entry: NetrcEntry | null = null;
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index];
    if (word === 'default') entry = null;
    if (word !== 'machine' && word !== 'login' && word !== 'password' && word !== 'account') continue;
    index += 1;
    const value = unquoted(words[index] ?? '');
    if (word === 'machine') found.push((entry = { machine: value, login: null, password: null }));
    else if (entry !== null && word !== 'account') entry[word] = value;
  }
  return found;
}

/** A macro ends at the first empty line; it is no entry. */
function withoutMacros(source: string): string {
  let macro = false;
  return source
    .split('\n')
    .filter((line) => {
      macro = line.trimStart().startsWith('macdef') || (macro && line.trim() !== '');
      return !macro;
    })
    .join('\n');
}

const unquoted = (word: string): string =>
  /^".*"$/s.test(word) ? word.slice(1, -1).replace(/\\(.)/g, '$1') : word;
