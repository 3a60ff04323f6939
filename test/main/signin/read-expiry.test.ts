import { expect, test } from 'vitest';
import { commonEnd, readExpiry } from '../../../main/signin/read-expiry.ts';

const NOW = Date.parse('2026-11-28T12:00:00Z');
const at = (time: string): { expiringAt: string } => ({ expiringAt: time });

test.each([
  ['no tokens', [], null],
  ['the only one', [at('2027-01-31T09:00:00.000Z')], '2027-01-31T09:00:00.000Z'],
  ['an offset as Java writes it', [at('2027-01-31T09:00:00.000+0200')], '2027-01-31T07:00:00.000Z'],
  [
    'one day, the earliest',
    [at('2027-01-31T22:00:00Z'), at('2027-01-31T09:00:00Z')],
    '2027-01-31T09:00:00.000Z',
  ],
  ['different days', [at('2027-01-31T22:00:00Z'), at('2027-02-01T09:00:00Z')], null],
  [
    'one that is over does not count',
    [at('2026-11-01T00:00:00Z'), at('2027-01-31T09:00:00Z')],
    '2027-01-31T09:00:00.000Z',
  ],
  ['one that never ends', [{ expiringAt: null }, at('2027-01-31T09:00:00Z')], null],
  ['epoch ms', [{ expiringAt: Date.parse('2027-01-31T09:00:00Z') }], '2027-01-31T09:00:00.000Z'],
  ['nonsense', [{ expiringAt: 'soon' }], null],
  ['entries that are no objects', [null, 3, 'x'], null],
  ['this token itself', at('2027-01-31'), '2027-01-31T00:00:00.000Z'],
])('when a token ends, from a list: %s', (_case, list, expected) => {
  const end = commonEnd(list, { ends: 'expiringAt' }, NOW);
  expect(end === null ? null : new Date(end).toISOString()).toBe(expected);
});

test.each([[401], [403], [404], [500]])('HTTP %i leaves the question to the person', async (status) => {
  const asked: string[] = [];
  const fetch = (url: string | URL): Promise<Response> => {
    asked.push(String(url));
    return Promise.resolve(new Response('[]', { status }));
  };
  const header = { name: 'authorization', value: 'Bearer x' };
  const from = { path: '/rest/pat/latest/tokens', ends: 'expiringAt' };
  expect(await readExpiry(fetch, 'https://jira.example/jira', header, from, NOW)).toBeNull();
  expect(asked).toEqual(['https://jira.example/jira/rest/pat/latest/tokens']);
});
