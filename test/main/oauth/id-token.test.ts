import { createHmac, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { idTokenClaims } from '../../../main/oauth/id-token.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';

// Signed by hand, so that nothing here shares code with what checks it.
const ISSUER = 'https://id.example';
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const other = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const KEYS = { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: '1', alg: 'ES256', use: 'sig' }] };
const clock = new FakeClock();
const NOW = Math.floor(clock.now() / 1000);
const GOOD = { iss: ISSUER, aud: 'cid', sub: 'ana', iat: NOW, exp: NOW + 300, nonce: 'n', name: 'Ana' };

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
function token(
  claims: Record<string, unknown>,
  key: KeyObject = privateKey,
  header: Record<string, unknown> = {},
): string {
  const text = `${part({ alg: 'ES256', kid: '1', ...header })}.${part(claims)}`;
  const signature = sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' });
  return `${text}.${signature.toString('base64url')}`;
}
const check = (
  idToken: string,
  keys: () => Response | Promise<Response> = () => Response.json(KEYS),
  nonce: string | null = 'n',
) =>
  idTokenClaims({
    fetch: () => Promise.resolve().then(keys),
    clock,
    providerName: 'Acme',
    idToken,
    issuer: ISSUER,
    clientId: 'cid',
    jwksUrl: `${ISSUER}/jwks`,
    nonce,
  });

describe('an ID token', () => {
  test('gives its claims', async () => {
    expect(await check(token(GOOD))).toMatchObject({ ok: true, value: { sub: 'ana', name: 'Ana' } });
  });

  test.each<[string, Record<string, unknown>]>([
    ['several audiences with us as the party', { aud: ['cid', 'api'], azp: 'cid' }],
    ['a clock a little ahead', { iat: NOW + 20 }],
    ['an end a moment ago', { exp: NOW - 20 }],
  ])('is good with %s', async (_, claims) => {
    expect(await check(token({ ...GOOD, ...claims }))).toMatchObject({ ok: true });
  });

  test.each<[string, Record<string, unknown>]>([
    ['another issuer', { iss: 'https://evil.example' }],
    ['the issuer with a slash', { iss: `${ISSUER}/` }],
    ['no issuer', { iss: undefined }],
    ['another audience', { aud: 'other' }],
    ['no audience', { aud: undefined }],
    ['several audiences and no party', { aud: ['cid', 'api'] }],
    ['another party', { azp: 'other' }],
    ['an end long ago', { exp: NOW - 120 }],
    ['no end', { exp: undefined }],
    ['an end that is text', { exp: 'never' }],
    ['no beginning', { iat: undefined }],
    ['a beginning to come', { nbf: NOW + 600 }],
    ['another nonce', { nonce: 'm' }],
    ['no nonce', { nonce: undefined }],
    ['no subject', { sub: undefined }],
    ['an empty subject', { sub: '' }],
    ['a subject that is a number', { sub: 5 }],
  ])('is refused with %s', async (_, claims) => {
    const result = await check(token({ ...GOOD, ...claims }));
    expect(result).toMatchObject({ ok: false, error: { code: 'failed' } });
  });

  test('is refused with any other signature', async () => {
    const good = token(GOOD);
    const [header = '', claims = '', signature = ''] = good.split('.');
    const forged = [
      token(GOOD, other.privateKey),
      `${header}.${part({ ...GOOD, sub: 'eve' })}.${signature}`,
      `${part({ alg: 'none' })}.${claims}.`,
      `${header}.${claims}.`,
      token(GOOD, privateKey, { kid: '2' }),
      token(GOOD, privateKey, { crit: ['x'], x: 1 }),
      token(GOOD, other.privateKey, { jwk: other.publicKey.export({ format: 'jwk' }) }),
      '',
      'a.b.c',
      'x',
    ];
    // Signed with the public key as if it were a shared secret.
    const text = `${part({ alg: 'HS256', kid: '1' })}.${claims}`;
    const pem = publicKey.export({ format: 'pem', type: 'spki' });
    forged.push(`${text}.${createHmac('sha256', pem).update(text).digest('base64url')}`);
    for (const idToken of forged) {
      const result = await check(idToken);
      expect(result).toMatchObject({ ok: false, error: { code: 'failed' } });
      if (claims !== '') expect(JSON.stringify(result)).not.toContain(claims);
    }
  });

  test('needs no nonce where none was sent', async () => {
    expect(await check(token({ ...GOOD, nonce: undefined }), undefined, null)).toMatchObject({ ok: true });
  });

  test.each<[string, () => Response | Promise<Response>, string]>([
    ['no answer', () => Promise.reject(new TypeError('x')), 'offline'],
    ['an error', () => new Response('', { status: 500 }), 'temporary'],
    ['a web page', () => new Response('<html>'), 'temporary'],
    ['no list', () => Response.json({ keys: 5 }), 'temporary'],
    ['no keys', () => Response.json({ keys: [] }), 'failed'],
  ])('cannot be checked with %s in place of the keys', async (_, keys, code) => {
    expect(await check(token(GOOD), keys)).toMatchObject({ ok: false, error: { code } });
  });
});
