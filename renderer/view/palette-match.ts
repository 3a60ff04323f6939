/** How well a text matches a query; smaller is better, and each step is better than all of the next. */
export type MatchRank = 'exact' | 'prefix' | 'words' | 'inside' | 'letters';

const RANKS: readonly MatchRank[] = ['exact', 'prefix', 'words', 'inside', 'letters'];

/** A part of a text: from this UTF-16 unit up to, not including, that one. */
export type Mark = readonly [from: number, to: number];

export interface Match {
  rank: MatchRank;
  /** Orders matches, the better first; also across ranks. */
  score: number;
  /** Orders those that are equally good. */
  place: number;
  /** Where the query is in the text, in order. */
  marks: readonly Mark[];
}

/** Without case and accents, and as long as the text: marks are places in it. */
export function folded(text: string): string {
  const plain = text.replace(/[^ -~]/g, withoutAccent);
  const lower = plain.toLowerCase();
  return lower.length === plain.length ? lower : plain;
}

/** Of a letter of one UTF-16 unit; anything else stays. */
function withoutAccent(unit: string): string {
  const parts = unit.normalize('NFD');
  return /^.\p{M}+$/u.test(parts) ? parts.charAt(0) : unit;
}

const isWordCharacter = (character: string | undefined): boolean =>
  character !== undefined && /[\p{L}\p{N}]/u.test(character);

const startsWord = (text: string, at: number): boolean => at === 0 || !isWordCharacter(text[at - 1]);

/** Where `word` is in `text`, at the start of a word if it is there. */
function placeOf(text: string, word: string): { at: number; starts: boolean } | null {
  const first = text.indexOf(word);
  if (first === -1) return null;
  for (let at = first; at !== -1; at = text.indexOf(word, at + 1))
    if (startsWord(text, at)) return { at, starts: true };
  return { at: first, starts: false };
}

/** Sorted, and without overlaps. */
function joined(marks: readonly Mark[]): Mark[] {
  const result: [number, number][] = [];
  for (const [from, to] of marks.toSorted((a, b) => a[0] - b[0])) {
    const last = result.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to);
    else result.push([from, to]);
  }
  return result;
}

/** Where `letter` starts a word, from `from` on; -1: nowhere. */
function wordStart(text: string, letter: string, from: number): number {
  for (let at = text.indexOf(letter, from); at !== -1; at = text.indexOf(letter, at + 1))
    if (startsWord(text, at)) return at;
  return -1;
}

/** The letters of the query in order; `atStarts`: each where it goes on or starts a word, if there is such a place. */
function letters(text: string, query: string, atStarts: boolean): Mark[] | null {
  const marks: Mark[] = [];
  let from = 0;
  for (const letter of query.replaceAll(' ', '')) {
    let at = text.indexOf(letter, from);
    if (at === -1) return null;
    const goesOn = marks.length > 0 && at === from;
    if (atStarts && !goesOn) {
      const start = wordStart(text, letter, at);
      if (start !== -1) at = start;
    }
    marks.push([at, at + letter.length]);
    from = at + letter.length;
  }
  return joined(marks);
}

/** `text` and `query` as `folded` gives them, the query trimmed and not empty. Null: no match. */
export function matchText(text: string, query: string): Match | null {
  const found = (rank: MatchRank, marks: readonly Mark[]): Match => ({
    rank,
    marks,
    score: RANKS.indexOf(rank) * 1000 + spread(marks),
    // Earlier in the text, and more of it.
    place: Math.min(marks[0]?.[0] ?? 0, 1000) + Math.min(text.length, 1000) / 1000,
  });
  if (text.startsWith(query))
    return found(text.length === query.length ? 'exact' : 'prefix', [[0, query.length]]);
  const words = query.split(/\s+/);
  const places = words.map((word) => placeOf(text, word));
  if (places.every((place) => place !== null)) {
    const marks = places.map((place, index): Mark => [place.at, place.at + (words[index]?.length ?? 0)]);
    return found(places.every(({ starts }) => starts) ? 'words' : 'inside', joined(marks));
  }
  // One letter is somewhere in almost every text.
  const scattered = query.length < 2 ? null : (letters(text, query, true) ?? letters(text, query, false));
  return scattered === null ? null : found('letters', scattered);
}

/** Over how many pieces, at most 500. */
const spread = (marks: readonly Mark[]): number => Math.min(500, (Math.max(1, marks.length) - 1) * 20);
