import { describe, expect, it } from 'vitest';
import { secretText } from '../../../main/signin/secret-text.ts';

const SECRET = 'ATATT3xFfGF0canary_1234=ABCD';
const token = {
  method: 'api-token',
  label: 'API token',
  prefixes: ['ATATT3x'],
  refused: [{ prefix: 'ATCTT3x', reason: 'This is an API key of an organisation.' }],
} as const;
const own = {
  as: 'header',
  header: 'Authorization',
  prefix: 'GenieKey ',
  also: [],
  route: 'default',
} as const;
const rules = {
  ...token,
  ways: [{ ...own, also: [] }],
  prefixes: [...token.prefixes],
  refused: [...token.refused],
};
const password = { method: 'basic', prefixes: [], refused: [] } as const;
const passwordRules = { ...password, prefixes: [], refused: [] };

describe('a pasted secret', () => {
  it.each([
    ['as it is', SECRET],
    ['with white space and a line end around', `\t ${SECRET}\r\n`],
    ['in quotes', `"${SECRET}"`],
    ['in other quotes, with a line end inside', `'${SECRET}\n'`],
    ['with a scheme', `Bearer ${SECRET}`],
    ['as a header', `Authorization: Bearer ${SECRET}`],
    ['as a quoted header', `"Authorization: Bearer ${SECRET}"`],
    ['in quotes after a scheme', `Bearer "${SECRET}"`],
    ['in quotes within quotes', `'"${SECRET}"'`],
    ['in curly quotes', `“${SECRET}”`],
    ['with two schemes', `Bearer bearer ${SECRET}`],
    ['with the scheme of its own header', `Authorization: GenieKey ${SECRET}`],
    ['twice', SECRET + SECRET],
    ['twice, on two lines', `${SECRET}\n${SECRET}`],
  ])('is taken %s', (_, pasted) => {
    expect(secretText(pasted, rules)).toEqual({ ok: true, value: { secret: SECRET, warning: null } });
  });

  it.each([
    ['empty', '', 'empty'],
    ['only white space', ' \n', 'empty'],
    ['only a scheme', 'Bearer ', 'empty'],
    ['only a header', 'Authorization: Bearer ""', 'empty'],
    ['with a space inside', `${SECRET} x`, 'space or line break'],
    ['cut over two lines', `${SECRET}\nABC`, 'space or line break'],
    ['with characters that no header takes', `${SECRET}…`, 'cannot be sent'],
    ['endless', 'x'.repeat(64_001), 'too long'],
    ['known not to work here', `ATCTT3x${SECRET}`, 'organisation'],
  ])('is refused %s, without quoting it', (_, pasted, saying) => {
    const refused = secretText(pasted, rules);
    expect(refused).toMatchObject({ ok: false, error: { code: 'invalid-input' } });
    expect(JSON.stringify(refused)).toContain(saying);
    expect(JSON.stringify(refused)).not.toContain('canary');
  });

  it('that begins unusually is taken with a warning', () => {
    expect(secretText('something-else-entirely', rules)).toMatchObject({
      value: { secret: 'something-else-entirely', warning: expect.stringContaining('API token') as string },
    });
  });

  it.each([
    ['spaces', ' pass word ', ' pass word '],
    ['a line end of a terminal', 'pässword\r\n', 'pässword'],
    ['quotes of its own', '"quoted"', '"quoted"'],
    ['what looks like a scheme', 'Basic trust', 'Basic trust'],
    ['itself twice', 'abcdefghijklmnopabcdefghijklmnop', 'abcdefghijklmnopabcdefghijklmnop'],
  ])('that is a password keeps %s', (_, pasted, secret) => {
    expect(secretText(pasted, passwordRules)).toMatchObject({ value: { secret } });
  });
});
