import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseTokenResponse } from '../../../main/oauth/token-response.ts';

const NOW = Date.UTC(2026, 10, 22);
const GOOD = {
  access_token: 'at',
  refresh_token: 'rt',
  expires_in: 3600,
  scope: 'a b',
  token_type: 'Bearer',
};

describe('a token answer', () => {
  test('gives tokens, absolute expiry and granted scopes', () => {
    expect(parseTokenResponse(GOOD, NOW)).toEqual({
      ok: true,
      value: {
        accessToken: 'at',
        refreshToken: 'rt',
        expiresAt: NOW + 3_600_000,
        obtainedAt: NOW,
        scopes: ['a', 'b'],
      },
    });
  });

  test.each([
    ['number', 60, NOW + 60_000],
    ['string, as Atlassian may send', '60', NOW + 60_000],
    ['fraction', 0.5, NOW + 500],
    ['absent', undefined, null],
    ['null', null, null],
    ['zero', 0, null],
    ['zero as string', '0', null],
    ['negative', -5, null],
    ['negative as string', '-5', null],
    ['words', 'soon', null],
    ['hexadecimal', '0x10', null],
    ['not a number', Number.NaN, null],
    ['an object', {}, null],
    ['beyond ten years', 1e300, NOW + 3650 * 86_400_000],
    ['infinite', Number.POSITIVE_INFINITY, NOW + 3650 * 86_400_000],
  ])('with a lifetime that is %s', (_, expires_in, expiresAt) => {
    const parsed = parseTokenResponse({ ...GOOD, expires_in }, NOW);
    expect(parsed.ok && parsed.value.expiresAt).toBe(expiresAt);
  });

  test.each([
    ['missing', undefined],
    ['empty', ''],
    ['null', null],
    ['a number', 7],
  ])('keeps its access token when the refresh token is %s', (_, refresh_token) => {
    const parsed = parseTokenResponse({ ...GOOD, refresh_token }, NOW);
    expect(parsed.ok && parsed.value).toMatchObject({ accessToken: 'at', refreshToken: null });
  });

  // RFC 6749 appendix A.17: a refresh token is one VSCHAR or more.
  test('keeps a refresh token of every character that is legal, and others that a server gave', () => {
    const legal = String.fromCharCode(...Array.from({ length: 0x7f - 0x20 }, (_, index) => 0x20 + index));
    for (const refresh_token of [legal, ...legal.match(/./g)!, ' a b ', 'YWFh\r\nYmJi\n', 'ü']) {
      const parsed = parseTokenResponse({ ...GOOD, refresh_token }, NOW);
      expect(parsed.ok && parsed.value.refreshToken).toBe(refresh_token);
    }
  });

  // Appendix A.12 says the same of access tokens: refusing one would lose the refresh token beside it.
  test('keeps an access token of every character that is legal', () => {
    const legal = String.fromCharCode(...Array.from({ length: 0x7f - 0x20 }, (_, index) => 0x20 + index));
    const parsed = parseTokenResponse({ ...GOOD, access_token: legal }, NOW);
    expect(parsed.ok && parsed.value.accessToken).toBe(legal);
  });

  test.each([
    ['words', 'a  b a', ['a', 'b']],
    ['separated by commas, as at GitHub', 'repo,user:email,gist', ['repo', 'user:email', 'gist']],
    ['separated by commas and spaces', 'repo, user:email , gist', ['repo', 'user:email', 'gist']],
    ['a comma alone', ',', null],
    ['ending with a comma', 'repo,', ['repo']],
    ['words of which one holds a comma', 'patient/*.rs?code=a,b openid', ['patient/*.rs?code=a,b', 'openid']],
    ['a list', ['a', 'b', 3], ['a', 'b']],
    ['empty', '', null],
    ['absent', undefined, null],
    ['a number', 4, null],
  ])('with scopes that are %s', (_, scope, scopes) => {
    const parsed = parseTokenResponse({ ...GOOD, scope }, NOW);
    expect(parsed.ok && parsed.value.scopes).toEqual(scopes);
  });

  test.each(['bearer', ' BEARER ', undefined, null, '', 7, {}, 'mac', 'DPoP', 'user', 'JWT'])(
    'of type %j is taken: its refresh token may be the only one that still works',
    (token_type) => {
      expect(parseTokenResponse({ ...GOOD, token_type }, NOW)).toMatchObject({
        ok: true,
        value: { accessToken: 'at', refreshToken: 'rt' },
      });
    },
  );

  test('needs no more than an access token', () => {
    expect(parseTokenResponse({ access_token: 'at' }, NOW)).toMatchObject({
      ok: true,
      value: { refreshToken: null, expiresAt: null, scopes: null },
    });
  });

  test.each([
    ['nothing', undefined],
    ['a list', []],
    ['a text', 'at'],
    ['no access token', { ...GOOD, access_token: undefined }],
    ['an empty one', { ...GOOD, access_token: '' }],
    ['one with a line break', { ...GOOD, access_token: 'a\r\nSet-Cookie: x' }],
    ['one that is a number', { ...GOOD, access_token: 5 }],
    ['one of 100 KB', { ...GOOD, access_token: 'x'.repeat(100_000) }],
  ])('with %s is refused', (_, body) => {
    expect(parseTokenResponse(body, NOW)).toMatchObject({ ok: false, error: { code: 'temporary' } });
  });

  test('is parsed without throwing, and refused without quoting it, whatever it holds', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.record({ access_token: fc.anything() }), (json, record) => {
        for (const body of [json, record, { ...GOOD, expires_in: json, scope: json, refresh_token: json }]) {
          const parsed = parseTokenResponse(body, NOW);
          if (!parsed.ok) expect(parsed.error.message.length).toBeLessThan(60);
          else expect(parsed.value.expiresAt).toSatisfy((at) => at === null || Number.isFinite(at));
        }
      }),
    );
  });
});
