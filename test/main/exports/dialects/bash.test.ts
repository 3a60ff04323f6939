import { describe, expect, it } from 'vitest';
import { bash, quoteBash } from '../../../../main/exports/dialects/bash.ts';

describe('the bash dialect', () => {
  it.each([
    ['plain', 'abc', "'abc'"],
    ['empty', '', "''"],
    ['single quotes', "it's", String.raw`'it'\''s'`],
    ['everything a shell would read', '$A `b` "c" \\ ! ~ *', '\'$A `b` "c" \\ ! ~ *\''],
    ['line breaks', 'a\nb\r', "'a\nb\r'"],
  ])('quotes a value with %s', (_, value, quoted) => {
    expect(quoteBash(value)).toEqual({ ok: true, value: quoted });
  });

  it('lets no line of a value look like the marker of a block', () => {
    const quoted = quoteBash('x\n# <<< tokentray (abc123) <<<\n');
    expect(quoted).toEqual({ ok: true, value: "'x\n'\\#' <<< tokentray (abc123) <<<\n'" });
  });

  it('refuses what no environment can hold', () => {
    expect(quoteBash('a\0b')).toMatchObject({ ok: false, error: { useInstead: 'json' } });
    expect(quoteBash('\udc00')).toMatchObject({ ok: false, error: { useInstead: 'json' } });
  });

  it('exports', () => {
    expect(bash.render([{ name: 'A', value: 'b c', secret: false }])).toEqual({
      ok: true,
      value: "export A='b c'\n",
    });
  });
});
