import type { ConnectionView } from '../../contract/connection.ts';

/** How well a word fits: the whole text, its beginning, the beginning of a word, or somewhere within. */
const EXACT = 0;
const PREFIX = 1;
const WORD_START = 2;
const WITHIN = 3;
const NOWHERE = 4;
/** More than the fields that are searched, so that how well counts before where. */
const FIELDS = 8;

/** Without case and accents: `Zoë` is found as `zoe`. */
function fold(text: string): string {
  const lower = text.toLowerCase();
  return /[^ -~]/.test(lower) ? lower.normalize('NFKD').replace(/\p{M}/gu, '') : lower;
}

/** What is searched, what matters most first. Views never change, so each is folded once. */
const folded = new WeakMap<ConnectionView, readonly string[]>();

function fieldsOf(connection: ConnectionView): readonly string[] {
  const known = folded.get(connection);
  if (known !== undefined) return known;
  const { name, site, account, providerName } = connection;
  const fields = [
    name,
    site?.name ?? '',
    site?.url.replace(/^https?:\/\//, '') ?? '',
    account.email ?? '',
    account.name,
    providerName,
  ].map(fold);
  folded.set(connection, fields);
  return fields;
}

/** Whether a search could tell the two apart. */
export const searchesAlike = (a: ConnectionView, b: ConnectionView): boolean =>
  fieldsOf(a).join('\n') === fieldsOf(b).join('\n');

/** Of folded text; letters of other scripts count as such, and so does their punctuation. */
function inWord(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || code > 127;
}

function fit(text: string, word: string): number {
  const first = text.indexOf(word);
  if (first === -1) return NOWHERE;
  if (first === 0) return text.length === word.length ? EXACT : PREFIX;
  for (let at = first; at !== -1; at = text.indexOf(word, at + 1))
    if (!inWord(text.charCodeAt(at - 1))) return WORD_START;
  return WITHIN;
}

/** The smaller, the better; at least `NOWHERE * FIELDS` if no field has it. */
function best(fields: readonly string[], word: string): number {
  let found = NOWHERE * FIELDS;
  fields.forEach((text, index) => {
    found = Math.min(found, fit(text, word) * FIELDS + index);
  });
  return found;
}

/**
 * How well a connection fits a query, 0 best; null if a word of it occurs in no field. What has the query as it was
 * typed comes before what has only its words.
 */
export function searchRank(query: string): (connection: ConnectionView) => number | null {
  const words = fold(query).split(/\s+/).filter(Boolean);
  const [only, ...others] = words;
  if (only === undefined) return () => 0;
  const phrase = words.join(' ');
  return (connection) => {
    const fields = fieldsOf(connection);
    const whole = best(fields, phrase);
    if (whole < NOWHERE * FIELDS) return whole;
    if (others.length === 0) return null;
    const worst = Math.max(...words.map((word) => best(fields, word)));
    return worst < NOWHERE * FIELDS ? NOWHERE * FIELDS + worst : null;
  };
}
