import { describe, expect, it } from 'vitest';
import { dotenv, quoteDotenv } from '../../../../main/exports/dialects/dotenv.ts';

const held: [what: string, value: string, quoted: string][] = [
  [
    'a JSON Web Token',
    'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.a-b_c',
    'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.a-b_c',
  ],
  ['an API token', 'ATATT3xFfGF0=1A2B', 'ATATT3xFfGF0=1A2B'],
  ['an address', 'https://acme.atlassian.net:443/a%20b', 'https://acme.atlassian.net:443/a%20b'],
  ['nothing', '', "''"],
  ['a space', 'a b', "'a b'"],
  ['a comment sign', 'a#b', "'a#b'"],
  ['a shell variable', '$HOME', "'$HOME'"],
  ['an unclosed brace', '${HOME', "'${HOME'"],
  ['double quotes', 'say "hi"', `'say "hi"'`],
  ['a single quote', "it's", `"it's"`],
  ['a lone backslash', 'a\\b', "'a\\b'"],
  ['a tilde', '~', "'~'"],
  ['letters beyond ASCII', 'Zoë', "'Zoë'"],
];

const refused: [what: string, value: string, useInstead: string][] = [
  ['a line break', 'a\nb', 'bash'],
  ['a carriage return', 'a\rb', 'bash'],
  ['a braced variable', 'a${B}c', 'bash'],
  ['a braced variable with a default', '${B:-c}', 'bash'],
  ['both quotes', `'"`, 'bash'],
  ['a single quote and a variable', "'$A", 'bash'],
  ['a single quote and a backslash', "'\\", 'bash'],
  ['two backslashes and a single quote', "\\\\'", 'bash'],
  ['a NUL', 'a\0', 'json'],
  ['half of a pair', '\ud83d', 'json'],
];

describe('the dotenv dialect', () => {
  it.each(held)('holds %s', (_, value, quoted) => {
    expect(quoteDotenv(value)).toEqual({ ok: true, value: quoted });
  });

  it.each(refused)('refuses %s and names a format that holds it', (_, value, useInstead) => {
    expect(quoteDotenv(value)).toMatchObject({ ok: false, error: { useInstead } });
  });

  it('falls back to double quotes for a value that ends in a backslash never, and refuses it', () => {
    expect(quoteDotenv('a b\\').ok).toBe(false);
    expect(quoteDotenv('a\\\\b').ok).toBe(false);
  });

  it('writes one line a variable, with a final newline', () => {
    const variables = [
      { name: 'A', value: '1', secret: false },
      { name: 'B', value: 'x y', secret: true },
    ];
    expect(dotenv.render(variables)).toEqual({ ok: true, value: "A=1\nB='x y'\n" });
  });

  it('names the variable and not the value when it refuses', () => {
    const result = dotenv.render([{ name: 'SECRET', value: 'hunter2\n', secret: true }]);
    expect(result).toMatchObject({ ok: false, error: { code: 'unsupported' } });
    expect(JSON.stringify(result)).toContain('SECRET');
    expect(JSON.stringify(result)).not.toContain('hunter2');
  });
});
