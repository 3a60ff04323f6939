import { describe, expect, test } from 'vitest';
import { withoutSecrets } from '../../../main/lib/without-secrets.ts';

const SECRET = 'ATATT3x-Q"7/+z9 kL&mN_canary';
const hidden = (text: string, secret = SECRET): string => withoutSecrets(text, [secret]);

describe('a text in which a secret came back', () => {
  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  test.each<[string, string]>([
    ['as it is', SECRET],
    ['in a header', `Authorization: Bearer ${SECRET}`],
    ['in another case', SECRET.toUpperCase()],
    ['in JSON', JSON.stringify({ token: SECRET })],
    ['in an address', `https://x.example/?t=${encodeURIComponent(SECRET)}`],
    ['in a form', new URLSearchParams({ t: SECRET }).toString()],
    ['in HTML', SECRET.replaceAll('&', '&amp;').replaceAll('"', '&quot;')],
    ['in hexadecimal', Buffer.from(SECRET).toString('hex')],
    ['in Basic credentials', base64(`ana@acme.example:${SECRET}`)],
    ['in Base64 after one more character', base64(`x${SECRET}`)],
    ['in Base64 of addresses', Buffer.from(`xy${SECRET}`).toString('base64url')],
    ['cut off', `"${SECRET.slice(0, 20)}`],
    ['from its middle on', SECRET.slice(8)],
  ])('%s has it no more', (_, text) => {
    const shown = hidden(`before ${text} after`);
    expect(shown).toContain('‹redacted›');
    for (let at = 0; at + 12 <= text.length; at += 1)
      if (SECRET.includes(text.slice(at, at + 12))) expect(shown).not.toContain(text.slice(at, at + 12));
    expect(shown).toMatch(/^before .* after$/);
  });

  test('keeps the rest, also where a secret is short', () => {
    expect(hidden('{"name":"Ana","key":"s3cr3t!"}', 's3cr3t!')).toBe('{"name":"Ana","key":"‹redacted›"}');
    expect(hidden('{"name":"Ana Keller","id":"5b10a2844c20"}')).toBe(
      '{"name":"Ana Keller","id":"5b10a2844c20"}',
    );
    expect(hidden('abc abc', 'abc')).toBe('abc abc');
    expect(withoutSecrets('İSTANBUL Ana', ['unrelated-secret'])).toBe('İSTANBUL Ana');
  });
});
