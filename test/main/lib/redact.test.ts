import { describe, expect, it } from 'vitest';
import { redact } from '../../../main/lib/redact.ts';

const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.c2lnbmF0dXJlLWhlcmU';

describe('redact', () => {
  it.each([
    ['a JSON web token', `got ${jwt} back`],
    ['a bearer header', `Authorization: Bearer ${jwt}`],
    ['an opaque bearer', 'Authorization: Bearer c2lnbmF0dXJlLWhlcmU'],
    ['a JSON member', '{"refresh_token":"c2lnbmF0dXJlLWhlcmU"}'],
    [
      'a form body',
      'grant_type=refresh_token&refresh_token=c2lnbmF0dXJlLWhlcmU&client_secret=c2lnbmF0dXJlLWhlcmU',
    ],
    ['a callback address', 'GET /callback?code=c2lnbmF0dXJlLWhlcmU&state=abcdefgh'],
  ])('takes the secret out of %s', (_, text) => {
    const clean = redact(text);
    expect(clean).not.toContain('c2lnbmF0dXJlLWhlcmU');
    expect(clean).toContain('‹redacted›');
  });

  it('leaves ordinary text alone', () => {
    const text =
      'acme.atlassian.net: refreshed, next at 14:12 (cloud id 11223344-a1b2-3b33-c444-def123456789)';
    expect(redact(text)).toBe(text);
  });
});
