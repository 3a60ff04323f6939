import { describe, expect, it } from 'vitest';
import { folded, matchText } from '../../../renderer/view/palette-match.ts';

/** The text with what matched in brackets, and how well it did. */
function shown(text: string, query: string): string | null {
  const match = matchText(folded(text), folded(query));
  if (match === null) return null;
  let marked = '';
  let at = 0;
  for (const [from, to] of match.marks) {
    marked += `${text.slice(at, from)}[${text.slice(from, to)}]`;
    at = to;
  }
  return `${match.rank}: ${marked}${text.slice(at)}`;
}

describe('matchText', () => {
  it.each([
    ['acme', 'acme', 'exact: [acme]'],
    ['Acme', 'aCME', 'exact: [Acme]'],
    ['acme-test', 'ac', 'prefix: [ac]me-test'],
    ['Copy token of acme', 'ac', 'words: Copy token of [ac]me'],
    ['Copy token of acme', 'token copy', 'words: [Copy] [token] of acme'],
    ['Copy token of acme', 'co ac', 'words: [Co]py token of [ac]me'],
    // The start of a word, though it is inside another before.
    ['Backup of acme', 'ac', 'words: Backup of [ac]me'],
    ['/home/ana/code/.env', 'code', 'words: /home/ana/[code]/.env'],
    ['Reconnect beta', 'connect', 'inside: Re[connect] beta'],
    ['Copy token of acme', 'oken acme', 'inside: Copy t[oken] of [acme]'],
    ['Copy token of acme', 'ctoa', 'letters: [C]opy [to]ken of [a]cme'],
    ['acme-sandbox', 'acsa', 'letters: [ac]me-[sa]ndbox'],
    // Starts of words would be too far behind for the rest.
    ['abc bd', 'bcb', 'letters: a[bc] [b]d'],
    ['acme', 'x', null],
    ['acme', 'mc', null],
    ['xaybz', 'ab', 'letters: x[a]y[b]z'],
    ['acme', 'acmee', null],
    // One letter says too little to be looked for anywhere but in words.
    ['zebra', 'b', 'inside: ze[b]ra'],
    ['İstanbul', 'tan', 'inside: İs[tan]bul'],
    ['日本語の名前', '名前', 'inside: 日本語の[名前]'],
    ['עברית', 'עב', 'prefix: [עב]רית'],
    ['a😀b', '😀', 'inside: a[😀]b'],
  ])('%s ← %s', (text, query, expected) => {
    expect(shown(text, query)).toBe(expected);
  });

  it('is better for an exact text than a beginning, words, an inside and letters, in that order', () => {
    const texts = ['test', 'test it', 'a test', 'attest', 't-e-s-t'];
    const scores = texts.map((text) => matchText(text, 'test')!.score);
    expect(scores).toEqual(scores.toSorted((a, b) => a - b));
    expect(new Set(scores).size).toBe(texts.length);
  });
});

it.each([
  ['Zoë', 'zoe'],
  ['CAFÉ', 'cafe'],
  ['가나', '가나'],
  ['İstanbul', 'istanbul'],
  ['🦊 Ünit', '🦊 unit'],
])('folds %s without moving anything', (text, result) => {
  expect(folded(text)).toBe(result);
  expect(folded(text)).toHaveLength(text.length);
});
