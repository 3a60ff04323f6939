import { describe, expect, test } from 'vitest';
import type { Site } from '../../../contract/connection.ts';
import { findSite, siteWithoutAsking } from '../../../main/signin/site-choice.ts';

const site = (cloudId: string, name: string, url: string): Site => ({
  cloudId,
  name,
  url,
  products: ['jira'],
});
const ACME = site('c1', 'Acme Inc', 'https://acme.atlassian.net');
const BETA = site('c2', 'Beta', 'https://beta.atlassian.net');
const TWIN = site('c3', 'Beta', 'https://beta-two.atlassian.net');

describe('a site is found', () => {
  test.each([
    'c1',
    'C1',
    'https://acme.atlassian.net',
    'https://acme.atlassian.net/jira/boards?x',
    'ACME.atlassian.net',
    'acme inc',
    ' acme ',
    '"acme"',
    'acme/wiki',
  ])('by %j', (reference) => {
    expect(findSite([ACME, BETA], reference)).toEqual({ ok: true, value: ACME });
  });

  test('or not, and the failure names those there are', () => {
    expect(findSite([ACME, BETA], 'gamma')).toMatchObject({
      error: {
        code: 'not-found',
        hint: 'It covers: https://acme.atlassian.net, https://beta.atlassian.net.',
      },
    });
    expect(findSite([ACME, BETA], 'https://')).toMatchObject({ error: { code: 'not-found' } });
    expect(findSite([ACME, BETA, TWIN], 'Beta')).toMatchObject({ error: { code: 'ambiguous' } });
    expect(findSite([site('c4', 'odd', '')], '').ok).toBe(false);
  });
});

test.each<[Site[], string | null, Site | null]>([
  [[ACME], null, ACME],
  [[ACME, BETA], null, null],
  [[ACME, BETA], 'beta', BETA],
  [[ACME, BETA], 'gamma', null],
  [[ACME], 'beta', null],
])('which site without asking, case %#', (sites, wanted, expected) => {
  expect(siteWithoutAsking(sites, wanted)).toEqual(expected);
});
