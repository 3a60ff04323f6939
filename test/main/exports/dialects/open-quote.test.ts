import { describe, expect, it } from 'vitest';
import { openEnvQuote, openShellQuote } from '../../../../main/exports/dialects/open-quote.ts';

describe('an env file', () => {
  it.each([
    ['nothing', '', null],
    ['closed quotes', `A='x'\nB="y \\" z"\n`, null],
    ['a quote over several lines', `A='x\ny'\nB=1\n`, null],
    ['an apostrophe in a value', `A=it's\n# it's\n`, null],
    ['an open quote', `A=1\nB='x\nC=1\n`, 2],
    ['an open quote after an escaped one', `export B="x\\"\n`, 1],
    ['an open quote after a closed one', `A='x\ny'\nB: "z\n`, 3],
  ])('with %s', (_, text, line) => {
    expect(openEnvQuote(text)?.line ?? null).toBe(line);
  });
});

describe('a shell script', () => {
  it.each([
    ['nothing', '', null],
    ['quotes, escapes and comments', `a='x'; b="y\\"" c=\\' # it's\n# don't\necho a#'b'\n`, null],
    ['quotes in quotes', `a="it's"\nb='say "hi"'\nc=$'it\\'s'\n`, null],
    ['a command in quotes', `a="$(echo "b")"\n`, null],
    ['a here-document with anything in it', `cat <<EOF\nit's\n"\nEOF\necho 'x'\n`, null],
    ['two here-documents', `cat <<A <<-'B'\n'\nA\n"\n\tB\nx=1\n`, null],
    ['a here-document with CRLF', `cat <<EOF\r\nit's\r\nEOF\r\n`, null],
    ['a here-string and a shift', `cat <<<"a"\n(( a << b ))\necho $((1<<2))\n`, null],
    ['commands that end', `a &&\nb || c\nd |\n  e\nsleep 1 &\n`, null],
    ['an open quote', `a=1\nb='x\n`, 2],
    ['an open double quote', `a="x\\"\n`, 1],
    ['an open quote over lines', `a='1'\nb="x\ny\n`, 2],
    ['a here-document without its end', `a=1\ncat <<EOF\nx\n EOF\n`, 2],
    ['a command that waits', `a=1\nb &&\n# c\n`, 2],
    ['a pipe that waits', `a |\n`, 1],
  ])('with %s', (_, text, line) => {
    expect(openShellQuote(text, { escapesInSingle: false, heredocs: true })?.line ?? null).toBe(line);
  });

  it('of fish knows an escape in single quotes, and no here-documents', () => {
    const fish = { escapesInSingle: true, heredocs: false };
    expect(openShellQuote(`set a 'it\\'s'\n`, fish)).toBeNull();
    expect(openShellQuote(`set a 'x\\'\n`, fish)).not.toBeNull();
    expect(openShellQuote(`echo <<EOF\n`, fish)).toBeNull();
  });
});
