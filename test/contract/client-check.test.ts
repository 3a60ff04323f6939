import { describe, expect, it } from 'vitest';
import {
  checkClientIdText,
  checkClientSecretText,
  fitsShape,
  type ClientRules,
} from '../../contract/client-check.ts';
import { bundledProvider } from '../fakes/bundled-provider.ts';

const rulesOf = (id: string): ClientRules => {
  const { name, setup, needsClient } = bundledProvider(id);
  return { providerName: name, setup, addresses: !needsClient };
};
const ATLASSIAN = rulesOf('atlassian');
const GOOGLE = rulesOf('google');
const ID = 'kT4vQ9zLrB2mXw7NcE5yHs81aB3dE6gH';
const GOOGLE_ID = '837647042410-75ifg.apps.googleusercontent.com';

describe('a client ID', () => {
  it.each([
    ['nothing yet', '  ', ATLASSIAN, null],
    ['as the provider’s usually are', ` ${ID}\n`, ATLASSIAN, /^good Looks right$/],
    [
      'only a part of it',
      ID.slice(3),
      ATLASSIAN,
      /^warning .*has 32 characters and consists of letters and digits\./,
    ],
    ['longer, as a secret is', `ATOA${ID}${ID}`, ATLASSIAN, /^warning It is longer .*Is it the secret\?$/],
    ['white space in it', `${ID} ${ID}`, ATLASSIAN, /^fault .*space/],
    ['other alphabets', 'клиент', ATLASSIAN, /^fault .*no such characters/],
    ['an e-mail address', 'ana@acme.example', ATLASSIAN, /^fault This is an e-mail address/],
    [
      'the address of the app',
      'https://developer.atlassian.com/console/x',
      ATLASSIAN,
      /^fault .*address \(URL\)/,
    ],
    ['an API token', 'ATATT3xFfGF0abc', ATLASSIAN, /^fault .*API token/],
    ['a token of the same provider', 'ghp_abc', rulesOf('github'), /^fault .*personal access token/],
    ['a secret that is known by its beginning', 'GOCSPX-abc', GOOGLE, /^fault This looks like the secret/],
    ['of which nothing is known', 'anything-goes', rulesOf('figma'), /^good $/],
    [
      'an address where clients describe themselves',
      'https://me.example/client.json',
      { ...rulesOf('figma'), addresses: true },
      /^good/,
    ],
  ] as const)('%s', (_, text, rules, said) => {
    const found = checkClientIdText(text, rules);
    if (said === null) expect(found).toBeNull();
    else expect(`${found?.level} ${found?.words}`).toMatch(said);
  });
});

describe('a client secret', () => {
  it.each([
    ['nothing yet', '', ATLASSIAN, null],
    ['one that nothing is known of', 'ATOAabc', ATLASSIAN, /^good $/],
    [
      'the client ID again',
      ` ${ID} `,
      ATLASSIAN,
      /^fault This is the client ID again\. Copy the line named “Secret”/,
    ],
    ['dots in its place', '••••••••', ATLASSIAN, /^fault These are dots/],
    ['stars in its place', '********', ATLASSIAN, /^fault These are dots/],
    ['an API token', 'ATATT3xFfGF0abc', ATLASSIAN, /^fault .*API token.*Atlassian Cloud shows/],
    ['another client’s ID', GOOGLE_ID, GOOGLE, /^fault This looks like a client ID/],
    ['as the provider’s usually are', 'GOCSPX-abc', GOOGLE, /^good Looks right$/],
    ['another beginning', 'abcdef', GOOGLE, /^warning .*begins with GOCSPX-/],
  ] as const)('%s', (_, text, rules, said) => {
    const found = checkClientSecretText(text, ID, rules);
    if (said === null) expect(found).toBeNull();
    else expect(`${found?.level} ${found?.words}`).toMatch(said);
  });

  it('is never repeated in what is said of it', () => {
    for (const text of [ID, 'ATATT3xSECRET', 'a secret with spaces', 'ana@acme.example', 'клиент'])
      expect(checkClientSecretText(text, ID, ATLASSIAN)?.words).not.toContain(text);
  });
});

it.each([
  [{ characters: 'hex' }, 'ff-01', true],
  [{ characters: 'hex' }, 'gg', false],
  [{ characters: 'digits', lengths: [3, 4] }, '1234', true],
  [{ characters: 'digits', lengths: [3, 4] }, '12345', false],
  [{ prefixes: ['a-', 'b-'], suffix: '.z' }, 'b-1.z', true],
  [{ prefixes: ['a-'], suffix: '.z' }, 'a-1.y', false],
] as const)('a shape %j fits %s: %s', (shape, value, fits) => {
  expect(
    fitsShape(value, {
      ...shape,
      ...('lengths' in shape && { lengths: [...shape.lengths] }),
      ...('prefixes' in shape && { prefixes: [...shape.prefixes] }),
    } as never),
  ).toBe(fits);
});
