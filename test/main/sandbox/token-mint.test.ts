import { expect, test } from 'vitest';
import { TokenMint } from '../../../main/sandbox/token-mint.ts';
import { steadyRandom } from './sandbox-fixture.ts';

const mint = new TokenMint(Buffer.alloc(32, 1), steadyRandom());
const claims = { grant: 'g', sub: 'ana', client_id: 'app', scope: 'read:me', iat: 1, exp: 3601 };

test('tokens have the sizes that Atlassian’s have', () => {
  const scope = Array.from({ length: 9 }, (_, index) => `read:confluence-content.all-${index}`).join(' ');
  const access = mint.accessToken({ ...claims, scope });
  expect(access.length).toBeGreaterThan(1500);
  expect(access.length).toBeLessThan(2500);
  expect(access).toMatch(/^eyJ[\w-]+\.[\w-]+\.[\w-]+$/);
  const refresh = mint.refreshToken({ family: 'a'.repeat(32), serial: 1 });
  expect(refresh.length).toBeGreaterThan(900);
  expect(refresh.length).toBeLessThan(1200);
});

test('what was minted can be read, and no two are the same', () => {
  expect(mint.readAccessToken(mint.accessToken(claims))).toEqual(claims);
  expect(mint.readRefreshToken(mint.refreshToken({ family: 'f', serial: 7 }))).toEqual({
    family: 'f',
    serial: 7,
  });
  expect(mint.accessToken(claims)).not.toBe(mint.accessToken(claims));
});

test('an altered, foreign or unsigned token is none', () => {
  const access = mint.accessToken(claims);
  const [header = '', payload = '', signature = ''] = access.split('.');
  const foreign = new TokenMint(Buffer.alloc(32, 2), steadyRandom()).accessToken(claims);
  const none = Buffer.from('{"alg":"none"}').toString('base64url');
  const forged = Buffer.from(JSON.stringify({ ...claims, sub: 'ben' })).toString('base64url');
  for (const token of [
    '',
    '.',
    '..',
    'a.b.c',
    foreign,
    `${header}.${payload}.`,
    `${none}.${payload}.`,
    `${none}.${payload}.${signature}`,
    `${header}.${forged}.${signature}`,
    access.slice(0, -1),
  ])
    expect(mint.readAccessToken(token)).toBeNull();
});

test('a refresh token is no access token, and the other way round', () => {
  expect(mint.readAccessToken(mint.refreshToken({ family: 'f', serial: 1 }))).toBeNull();
  expect(mint.readRefreshToken(mint.accessToken(claims))).toBeNull();
});
