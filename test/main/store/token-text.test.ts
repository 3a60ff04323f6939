import { expect, it } from 'vitest';
import { tokensFromText, tokensToText } from '../../../main/store/token-text.ts';
import { sampleTokens } from '../../fakes/sample-connection.ts';

it.each([
  sampleTokens(),
  sampleTokens({ refreshToken: null }),
  sampleTokens({ refreshToken: '' }),
  sampleTokens({ accessToken: '' }),
  sampleTokens({ accessToken: '{"a":\n1}', refreshToken: '\n😀\0"' }),
  sampleTokens({ expiresAt: null, scopes: ['a b', '\n'] }),
])('gives back each token set as it was', (tokens) => {
  expect(tokensFromText(tokensToText(tokens))).toEqual(tokens);
});

it.each(['', '\n', '{}\nabc', '[1]', JSON.stringify(sampleTokens())])('refuses %j', (text) => {
  expect(tokensFromText(text)).toBeNull();
});
