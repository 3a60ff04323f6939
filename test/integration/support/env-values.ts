import fc from 'fast-check';

const nasty = fc.constantFrom(
  ...'abc XYZ019\t\n\r\0\\\'"`$#=!~%&*()[]{}<>|;:,.?/@+-_^'.split(''),
  ...[
    '${A}',
    '${',
    '$A',
    '$$',
    '%A%',
    '%(A)s',
    '!A!',
    '$(id)',
    '\\n',
    '\\\\',
    "\\'",
    '\\"',
    ' #',
    ' ;',
    '\r\n',
  ],
  ...['# <<< tokentray (abc123) <<<', ':: <<< tokentray (abc123) <<<', '\\x41', '\\u0041', '\nTOKENTRAY\n'],
  ...['yes', 'null', '1e3', '0x1', '2026-01-01', '- ', ': ', '[char]65', '\u2018', '\u201d'],
  ...['é', '漢', '😀', '\u00a0', '\u2028', '\u0085', '\ufeff', '\ud83d', '\u007f', '\u0001', '\u001b', '\v'],
  ...['\ufdd0', '\uf6ff', '\uffff', '\u{1ffff}'],
);
const value = fc.oneof(
  { weight: 6, arbitrary: fc.array(nasty, { maxLength: 12 }).map((parts) => parts.join('')) },
  { weight: 2, arbitrary: fc.string({ unit: 'grapheme', maxLength: 20 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme-ascii', maxLength: 40 }) },
  { weight: 1, arbitrary: fc.base64String({ maxLength: 400 }) },
);

/** Values that readers trip over, each time the same for one seed, and two that are long. */
export const envValues = (count: number, seed: number): string[] => [
  ...fc.sample(value, { numRuns: count, seed }),
  'x'.repeat(70_000),
  'é'.repeat(40_000),
];
