import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cleanText } from '../../../main/lib/clean-text.ts';

test.each([
  ['plain', 'plain'],
  ['  a \r\n\t b  ', 'a b'],
  ['a\u0000b\u001b[31m', 'a b [31m'],
  ['\u202Eevil\u2066', 'evil'],
  ['a\u200Bb', 'a b'],
  ['Étoile 東京 🌟', 'Étoile 東京 🌟'],
  ['0123456789x', '012345678…'],
  ['01234567🌟🌟', '01234567…'],
])('%j is shown as %j', (text, shown) => {
  expect(cleanText(text, shown.length > 10 ? 20 : 10)).toBe(shown);
});

test('whatever comes stays within bounds, well-formed, on one line', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.integer({ min: 1, max: 50 }),
      (text, maxLength) => {
        const shown = cleanText(text, maxLength);
        expect(shown.length).toBeLessThanOrEqual(maxLength);
        expect(shown.isWellFormed()).toBe(true);
        expect(shown).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
      },
    ),
  );
});
