import { expect, it } from 'vitest';
import { errorDescription } from '../../../main/oauth/error-description.ts';

it.each([
  ['as it was sent', 'a+b/c=d "e\\f'],
  ['as a form writes it', 'a%2Bb%2Fc%3Dd+%22e%5Cf'],
  ['as an address writes it', 'a%2Bb%2Fc%3Dd%20%22e%5Cf'],
  ['as JSON writes it', String.raw`a+b/c=d \"e\\f`],
])('quotes no secret, %s', (_, written) => {
  expect(errorDescription(`The value <${written}> is not valid`, ['a+b/c=d "e\\f'])).toBe(
    'The value <‹redacted›> is not valid',
  );
});
