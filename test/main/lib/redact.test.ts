import { describe, expect, it } from 'vitest';
import { EXIT_CODES } from '../../../contract/vocabulary.ts';
import { isPlainWords, redact, redactField } from '../../../main/lib/redact.ts';

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
    ['the state beside it', 'GET /callback?state=c2lnbmF0dXJlLWhlcmU'],
    ['a token request in JSON', '{"grant_type":"authorization_code","code":"c2lnbmF0dXJlLWhlcmU"}'],
    ['JSON in JSON', String.raw`{"sent":"{\"code\":\"c2lnbmF0dXJlLWhlcmU\"}"}`],
    ['a quoted JSON member', String.raw`{"refresh_token":"a\"c2lnbmF0dXJlLWhlcmU b"}`],
    [
      'an address in an address',
      'continue=http%3A%2F%2Fx%2Fcallback%3Fcode%3Dc2lnbmF0dXJlLWhlcmU%26state%3Dx',
    ],
    ['a web token in an address in an address', `continue=http%3A%2F%2Fx%3Fa%3D${jwt}`],
    ['the address of a proxy', 'connect http://me:c2lnbmF0dXJlLWhlcmU@proxy:3128'],
    ['a token of a repository', 'ATCTT3xFfGN0c2lnbmF0dXJlLWhlcmU=1B2C'],
    ['JSON in JSON, by a name that is always one', String.raw`{"a":"{\"secret\":\"c2lnbmF0dXJlLWhlcmU\"}"}`],
  ])('takes the secret out of %s', (_, text) => {
    const clean = redact(text);
    expect(clean).not.toContain('c2lnbmF0dXJlLWhlcmU');
    expect(clean).toContain('‹redacted›');
  });

  it.each([
    'acme.atlassian.net: refreshed, next at 14:12 (cloud id 11223344-a1b2-3b33-c444-def123456789)',
    '{"code":"keychain-key-lost","state":"needs-reconnect"}',
    'the connection broke (code: UND_ERR_CONNECT_TIMEOUT)',
    'failed with code ENOENT, state: unavailable',
  ])('leaves ordinary text alone: %s', (text) => {
    expect(redact(text)).toBe(text);
  });

  it.each(['eyJ-', 'code', 'eyJaaaaaaaaa.', 'token ', '://a:', '"secret":"'])(
    'takes no time over %j',
    (piece) => {
      const started = performance.now();
      redact(piece.repeat(50_000));
      expect(performance.now() - started).toBeLessThan(2000);
    },
  );

  it('takes out even what reads like a word, where only a secret can be', () => {
    expect(redact('/callback?code=opensesame&state=abracadabra')).not.toMatch(/sesame|abra/);
    expect(redact('password=opensesame')).not.toContain('sesame');
  });
});

describe('redactField', () => {
  it.each([
    ['code', 'failed', 'failed'],
    ['code', 'ERR_HTTP2_STREAM_ERROR', 'ERR_HTTP2_STREAM_ERROR'],
    ['state', 'needs-reconnect', 'needs-reconnect'],
    ['code', 'c2lnbmF0dXJlLWhlcmU', '‹redacted›'],
    ['refresh_token', 'opensesame', '‹redacted›'],
    ['reason', 'refused (code: failed)', 'refused (code: failed)'],
    ['reason', 'Bearer c2lnbmF0dXJlLWhlcmU', 'Bearer ‹redacted›'],
  ])('%s: %s → %s', (name, value, kept) => {
    expect(redactField(name, value)).toBe(kept);
  });
});

describe('isPlainWords', () => {
  it('is true for every code of ours and false for what is random', () => {
    for (const code of Object.keys(EXIT_CODES)) expect(isPlainWords(code), code).toBe(true);
    for (const random of ['c2lnbmF0dXJl', '4f3a9c', 'MFRGGZDFMZTWQ2LKNNWG23TP', 'aGVsbG8', 'x'.repeat(32)])
      expect(isPlainWords(random), random).toBe(false);
  });
});
