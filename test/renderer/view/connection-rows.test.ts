import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, type Settings } from '../../../contract/settings.ts';
import type { ConnectionView } from '../../../contract/connection.ts';
import type { ProviderId } from '../../../contract/ids.ts';
import { changesRows, connectionRows, neighbour, shownIds } from '../../../renderer/view/connection-rows.ts';
import { aConnection, aSite, connectionId } from '../../fakes/window-data.ts';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const ana = { id: 'ana', name: 'Ana', email: 'ana@acme.example', pictureUrl: null };
const bo = { id: 'bo', name: 'Bo', email: null, pictureUrl: null };
const GONE = {
  state: 'needs-reconnect',
  since: '',
  reason: 'Ended.',
  fault: 'grant',
  hint: 'Sign in.',
} as const;
const connections = [
  aConnection(1, NOW, { name: 'site 10', account: ana }),
  aConnection(2, NOW, { name: 'Site 9', account: ana }),
  aConnection(3, NOW, { name: 'zeta', account: bo }),
  aConnection(4, NOW, {
    name: 'b',
    provider: 'a-dc' as ProviderId,
    providerName: 'A Data Center',
    account: bo,
  }),
];

const labels = (query: string): string[] =>
  connectionRows(connections, { query, filter: 'all', settings: DEFAULT_SETTINGS }).map((row) =>
    row.kind === 'connection'
      ? (connections.find(({ id }) => id === row.id)?.name ?? '')
      : `${row.kind} ${row.label}`,
  );

describe('connectionRows', () => {
  it('groups by provider and account and sorts by name, numbers by value', () => {
    expect(labels('')).toEqual([
      'provider A Data Center',
      'group Bo',
      'b',
      'provider Atlassian Cloud',
      'group ana@acme.example',
      'Site 9',
      'site 10',
      'group Bo',
      'zeta',
    ]);
  });

  it.each([
    ['ZETA', ['provider Atlassian Cloud', 'group Bo', 'zeta']],
    ['cloud 10 ana@', ['provider Atlassian Cloud', 'group ana@acme.example', 'site 10']],
    ['nothing like it', []],
  ])('shows for %s only what matches every word', (query, shown) => {
    expect(labels(query)).toEqual(shown);
  });

  it.each<[string, Partial<Settings>, string[]]>([
    [
      'by site',
      { connectionGroup: 'site' },
      ['provider P', 'group a.example', 'mid', 'group b.example', 'alpha', 'zulu'],
    ],
    ['not at all', { connectionGroup: 'none' }, ['alpha', 'mid', 'zulu']],
    [
      'by account, what needs attention first',
      { connectionSort: 'urgent' },
      ['provider P', 'group bo', 'zulu', 'mid', 'group ana', 'alpha'],
    ],
    [
      'not at all, what needs attention first',
      { connectionSort: 'urgent', connectionGroup: 'none' },
      ['zulu', 'mid', 'alpha'],
    ],
  ])('groups and sorts %s', (_, settings, expected) => {
    const site = (name: string) => ({ ...aSite(name), url: `https://${name}.example` });
    const of = (n: number, name: string, more: Partial<ConnectionView>): ConnectionView =>
      aConnection(n, NOW, { name, providerName: 'P', ...more });
    const account = (name: string): ConnectionView['account'] => ({
      id: name,
      name,
      email: null,
      pictureUrl: null,
    });
    const three = [
      of(1, 'mid', { site: site('a'), account: account('bo'), status: { state: 'paused', since: '' } }),
      of(2, 'zulu', { site: site('b'), account: account('bo'), status: GONE }),
      of(3, 'alpha', { site: site('b'), account: account('ana') }),
    ];
    const rows = connectionRows(three, {
      query: '',
      filter: 'all',
      settings: { ...DEFAULT_SETTINGS, ...settings },
    });
    expect(
      rows.map((row) =>
        row.kind === 'connection' ? three.find(({ id }) => id === row.id)?.name : `${row.kind} ${row.label}`,
      ),
    ).toEqual(expected);
    const positions = rows.flatMap((row) => (row.kind === 'connection' ? [row.position] : []));
    expect(positions).toEqual([1, 2, 3]);
  });

  it('has the group of the best match first', () => {
    const early = aConnection(7, NOW, {
      name: 'the zeta',
      provider: 'a-dc' as ProviderId,
      providerName: 'A Data Center',
    });
    const rows = connectionRows([...connections, early], {
      query: 'zeta',
      filter: 'all',
      settings: DEFAULT_SETTINGS,
    });
    expect(shownIds(rows)).toEqual([connectionId(3), connectionId(7)]);
  });

  it('shows only the states that are asked for', () => {
    const paused = aConnection(9, NOW, { status: { state: 'paused', since: '' } });
    const rows = connectionRows([...connections, paused], {
      query: '',
      filter: 'paused',
      settings: DEFAULT_SETTINGS,
    });
    expect(shownIds(rows)).toEqual([paused.id]);
  });

  it('counts connections, not headings', () => {
    const positions = connectionRows(connections, {
      query: '',
      filter: 'all',
      settings: DEFAULT_SETTINGS,
    }).flatMap((row) => (row.kind === 'connection' ? [row.position] : []));
    expect(positions).toEqual([1, 2, 3, 4]);
  });
});

describe('changesRows', () => {
  it.each([
    ['name', false],
    ['urgent', true],
  ] as const)('sorted by %s, a state that needs attention moves it: %s', (connectionSort, moves) => {
    const well = aConnection(1, NOW);
    const view = { query: '', filter: 'all', settings: { ...DEFAULT_SETTINGS, connectionSort } } as const;
    expect(changesRows(well, { ...well, status: GONE }, view)).toBe(moves);
    expect(changesRows(well, { ...well, status: { state: 'refreshing', since: '' } }, view)).toBe(false);
  });

  const before = aConnection(1, NOW);
  it.each([
    ['a new connection', undefined, before, true],
    ['another state', before, { ...before, status: { state: 'paused', since: '' } as const }, false],
    ['another name', before, { ...before, name: 'renamed' }, true],
    ['another account', before, { ...before, account: bo }, true],
    ['another site', before, { ...before, site: null }, true],
    ['becoming active', before, { ...before, active: true }, false],
  ])('%s', (_, from, to, changed) => {
    expect(changesRows(from, to, { query: '', filter: 'all', settings: DEFAULT_SETTINGS })).toBe(changed);
  });

  it('also when the list is filtered by state and the row appears or disappears with its state', () => {
    const paused = { ...before, status: { state: 'paused', since: '' } as const };
    expect(changesRows(before, paused, { query: '', filter: 'paused', settings: DEFAULT_SETTINGS })).toBe(
      true,
    );
    expect(changesRows(before, paused, { query: '', filter: 'offline', settings: DEFAULT_SETTINGS })).toBe(
      false,
    );
  });
});

describe('neighbour', () => {
  const rows = connectionRows(connections, { query: '', filter: 'all', settings: DEFAULT_SETTINGS });
  it.each([
    ['one down', 4, 1, 2],
    ['one up over a heading', 2, -1, 4],
    ['up at the top', 4, -1, 4],
    ['down at the bottom', 3, 1, 3],
    ['to the end', 4, Infinity, 3],
    ['to the start', 3, -Infinity, 4],
  ])('%s', (_, from, step, to) => {
    expect(neighbour(rows, connectionId(from), step)).toBe(connectionId(to));
  });

  it('starts at the first when none is selected', () => {
    expect(neighbour(rows, null, 1)).toBe(connectionId(4));
    expect(neighbour([], null, 1)).toBeNull();
  });
});
