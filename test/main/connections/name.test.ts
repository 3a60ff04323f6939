import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanName, freeName } from '../../../main/connections/name.ts';

describe('cleanName', () => {
  it.each([
    ['acme', 'acme'],
    ['  acme  ', 'acme'],
    ['e\u0301quipe', 'équipe'],
    ['“Acme” – Jira’s \'own\' "site" $HOME `x` \\', '“Acme” – Jira’s \'own\' "site" $HOME `x` \\'],
    ['👩‍👩‍👧 family', '👩‍👩‍👧 family'],
    [
      '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}',
      '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}',
    ],
    ['سایت کاری', 'سایت کاری'],
    ['日本語', '日本語'],
    ['👍'.repeat(100), '👍'.repeat(100)],
  ])('takes %j', (text, name) => {
    expect(cleanName(text)).toEqual({ ok: true, value: name });
  });

  it.each([
    ['nothing', ''],
    ['white space', ' \t '],
    ['only joiners', '\u200d\u200c'],
    ['a line break', 'a\nb'],
    ['a carriage return', 'a\rb'],
    ['a tab', 'a\tb'],
    ['a NUL', 'a\0b'],
    ['a line separator', 'a\u2028b'],
    ['a right-to-left override', 'a\u202eb'],
    ['a right-to-left mark', 'a\u200fb'],
    ['an isolate', 'a\u2066b'],
    ['a zero-width space', 'a\u200bb'],
    ['a byte-order mark inside', 'a\ufeffb'],
    ['half a character', 'a\ud83d'],
    ['an escape sequence', 'a\u001b[31mb'],
    ['101 characters', 'a'.repeat(101)],
    ['20,000 characters', 'a'.repeat(20_000)],
  ])('refuses %s', (_, text) => {
    expect(cleanName(text)).toMatchObject({ ok: false, error: { code: 'invalid-input' } });
  });

  it('gives what it takes again, on one line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const name = cleanName(text);
        if (!name.ok) return;
        expect(cleanName(name.value)).toEqual(name);
        expect(name.value).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
      }),
    );
  });
});

describe('freeName', () => {
  it.each([
    [[], 'acme'],
    [['acme'], 'acme 2'],
    [['acme', 'acme 2', 'acme 4'], 'acme 3'],
  ])('beside %j is %s', (taken: string[], name) => {
    expect(freeName('acme', (candidate) => !taken.includes(candidate))).toBe(name);
  });

  it('stays within the limit', () => {
    const long = '👍'.repeat(100);
    const name = freeName(long, (candidate) => candidate !== long);
    expect(name).toBe(`${'👍'.repeat(98)} 2`);
    expect(cleanName(name).ok).toBe(true);
  });
});
