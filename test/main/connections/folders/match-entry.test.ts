import { expect, it } from 'vitest';
import type { FolderEntry } from '../../../../contract/folder.ts';
import type { ConnectionId, ProviderId } from '../../../../contract/ids.ts';
import { entryOf, withEntry } from '../../../../main/connections/folders/change-entries.ts';
import { matchEntry } from '../../../../main/connections/folders/match-entry.ts';
import { beta, record } from '../sample.ts';

const FILE = '/x/.tokentray';
const ben = { id: 'ben', name: 'Ben', email: null, pictureUrl: null };
const connection = (name: string, change: Parameters<typeof record>[0] = {}) =>
  record({ id: `id-${name}` as ConnectionId, name, ...change });

const ALL = [
  connection('acme'),
  connection('Straße', { site: beta }),
  connection('robot', { site: beta, account: ben, sites: [beta] }),
  ...['one', 'two'].map((name) =>
    connection(name, {
      provider: 'jira-data-center' as ProviderId,
      site: { cloudId: null, name, url: `https://dc.acme.example/${name}`, products: [] },
    }),
  ),
  connection('repos', { provider: 'bitbucket' as ProviderId, site: null, sites: [] }),
];

it.each<[FolderEntry, string]>([
  [{ connection: 'acme' }, 'acme'],
  [{ connection: 'STRASSE' }, 'Straße'],
  // It was renamed, and another one has its name now.
  [{ connection: 'acme', id: 'id-robot' }, 'robot'],
  [{ connection: 'acme', id: 'id-of-another-machine' }, 'acme'],
  [{ provider: 'bitbucket' }, 'repos'],
  [{ provider: 'atlassian', site: 'acme.atlassian.net' }, 'acme'],
  [{ site: 'https://acme.atlassian.net/' }, 'acme'],
  // Two instances at one host.
  [{ site: 'https://dc.acme.example/two/' }, 'two'],
  [{ site: 'beta', account: 'ANA@acme.example' }, 'Straße'],
  [{ site: 'beta', account: 'Ben' }, 'robot'],
])('%j means %s', (entry, name) => {
  const found = matchEntry(FILE, entry, ALL);
  expect(found.ok && found.value.name).toBe(name);
});

it.each<[FolderEntry, string, string]>([
  [{ connection: 'gone' }, 'not-found', '“gone”'],
  [{ connection: 'gone', id: 'id-gone' }, 'not-found', '`tokentray use acme --here`'],
  [{ provider: 'atlassian' }, 'ambiguous', '“acme”, “Straße”, “robot”'],
  [{ site: 'dc.acme.example' }, 'ambiguous', '“one”, “two”'],
  [{ site: 'beta.atlassian.net' }, 'ambiguous', "`tokentray use 'Straße' --here`"],
  [{ site: 'gamma.atlassian.net' }, 'not-found', '`tokentray connect atlassian --site gamma.atlassian.net`'],
  [
    { provider: 'jira-data-center', site: 'https://jira.acme.example/' },
    'not-found',
    '`tokentray connect jira-data-center --url https://jira.acme.example/`',
  ],
  [
    { provider: 'atlassian', site: 'gamma', account: 'eve@acme.example' },
    'not-found',
    '`tokentray connect atlassian --site gamma --email eve@acme.example`',
  ],
  // Its sign-in opens the site, but what reads its values would get those of the selected one.
  [{ site: 'acme', account: 'no one' }, 'not-found', 'tokentray connect'],
  [{ provider: 'atlassian', site: "x'; rm -rf ~; '" }, 'not-found', `--site 'x'\\''; rm -rf ~; '\\'''`],
  [{ connection: 'x\u001b[2J\u202e' }, 'not-found', '“x [2J”'],
])('%j is %s, and says what to do', (entry, code, words) => {
  const found = matchEntry(FILE, entry, ALL);
  if (found.ok) throw new Error(`found ${found.value.name}`);
  expect(found.error.code).toBe(code);
  expect(found.error.message).toContain(FILE);
  expect(`${found.error.message} ${found.error.hint ?? ''}`).toContain(words);
});

it('suggests to switch a connection whose sign-in opens the site', () => {
  const [first] = ALL;
  expect(matchEntry(FILE, { provider: 'atlassian', site: 'beta' }, [first!])).toMatchObject({
    error: { code: 'not-found', hint: expect.stringContaining('`tokentray use acme --site beta`') as string },
  });
});

it.each([
  ['acme', { shared: false, sameAccount: false }, { connection: 'acme', id: 'id-acme' }],
  ['acme', { shared: true, sameAccount: false }, { provider: 'atlassian', site: 'acme.atlassian.net' }],
  [
    'acme',
    { shared: true, sameAccount: true },
    { provider: 'atlassian', site: 'acme.atlassian.net', account: 'ana@acme.example' },
  ],
  [
    'two',
    { shared: true, sameAccount: false },
    { provider: 'jira-data-center', site: 'https://dc.acme.example/two' },
  ],
  // Two of this person's are at that site.
  [
    'robot',
    { shared: true, sameAccount: false },
    { provider: 'atlassian', site: 'beta.atlassian.net', account: 'Ben' },
  ],
  ['repos', { shared: true, sameAccount: false }, { provider: 'bitbucket' }],
])('writes %s with %j as %j', (name, how, entry) => {
  expect(
    entryOf(
      ALL.find((each) => each.name === name)!,
      ALL,
      how,
    ),
  ).toEqual({ ok: true, value: entry });
});

it('does not share what it could not find again', () => {
  const twin = connection('twin');
  expect(entryOf(twin, [...ALL, twin], { shared: true, sameAccount: false })).toMatchObject({
    error: { code: 'ambiguous' },
  });
});

it('replaces the entry of the same provider and those without a meaning, and comes first', () => {
  const before = [
    { connection: 'robot' },
    { connection: 'gone' },
    { provider: 'bitbucket' },
    { provider: 'new' },
  ];
  const fresh = { entry: { connection: 'acme' }, provider: 'atlassian' };
  expect(withEntry(FILE, before, fresh, ALL)).toEqual([
    { connection: 'acme' },
    { provider: 'bitbucket' },
    { provider: 'new' },
  ]);
});
