import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseTokenResponse } from '../../../main/signin/token-response.ts';

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
    ['broken over lines', 'a\r\nb'],
  ])('keeps its access token when the refresh token is %s', (_, refresh_token) => {
    const parsed = parseTokenResponse({ ...GOOD, refresh_token }, NOW);
    expect(parsed.ok && parsed.value).toMatchObject({ accessToken: 'at', refreshToken: null });
  });

  test.each([
    ['words', 'a  b a', ['a', 'b']],
    ['a list', ['a', 'b', 3], ['a', 'b']],
    ['empty', '', null],
    ['absent', undefined, null],
    ['a number', 4, null],
  ])('with scopes that are %s', (_, scope, scopes) => {
    const parsed = parseTokenResponse({ ...GOOD, scope }, NOW);
    expect(parsed.ok && parsed.value.scopes).toEqual(scopes);
  });

  test.each([
    ['bearer', true],
    ['BEARER', true],
    [undefined, true],
    ['mac', false],
    ['DPoP', false],
    ['', false],
    [7, false],
    [null, false],
  ])('of type %j is taken: %j', (token_type, taken) => {
    expect(parseTokenResponse({ ...GOOD, token_type }, NOW).ok).toBe(taken);
  });

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
