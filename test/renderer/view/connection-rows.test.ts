import { describe, expect, it } from 'vitest';
import type { ProviderId } from '../../../contract/ids.ts';
import { changesRows, connectionRows, neighbour, shownIds } from '../../../renderer/view/connection-rows.ts';
import { aConnection, connectionId } from '../../fakes/window-data.ts';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const ana = { id: 'ana', name: 'Ana', email: 'ana@acme.example', pictureUrl: null };
const bo = { id: 'bo', name: 'Bo', email: null, pictureUrl: null };
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
  connectionRows(connections, { query, filter: 'all' }).map((row) =>
    row.kind === 'connection'
      ? (connections.find(({ id }) => id === row.id)?.name ?? '')
      : `${row.kind} ${row.label}`,
  );

describe('connectionRows', () => {
  it('groups by provider and account and sorts by name, numbers by value', () => {
    expect(labels('')).toEqual([
      'provider A Data Center',
      'account Bo',
      'b',
      'provider Atlassian Cloud',
      'account ana@acme.example',
      'Site 9',
      'site 10',
      'account Bo',
      'zeta',
    ]);
  });

  it.each([
    ['ZETA', ['provider Atlassian Cloud', 'account Bo', 'zeta']],
    ['cloud 10 ana@', ['provider Atlassian Cloud', 'account ana@acme.example', 'site 10']],
    ['nothing like it', []],
  ])('shows for %s only what matches every word', (query, shown) => {
    expect(labels(query)).toEqual(shown);
  });

  it('shows only the states that are asked for', () => {
    const paused = aConnection(9, NOW, { status: { state: 'paused', since: '' } });
    const rows = connectionRows([...connections, paused], { query: '', filter: 'paused' });
    expect(shownIds(rows)).toEqual([paused.id]);
  });

  it('counts connections, not headings', () => {
    const positions = connectionRows(connections, { query: '', filter: 'all' }).flatMap((row) =>
      row.kind === 'connection' ? [row.position] : [],
    );
    expect(positions).toEqual([1, 2, 3, 4]);
  });
});

describe('changesRows', () => {
  const before = aConnection(1, NOW);
  it.each([
    ['a new connection', undefined, before, true],
    ['another state', before, { ...before, status: { state: 'paused', since: '' } as const }, false],
    ['another name', before, { ...before, name: 'renamed' }, true],
    ['another account', before, { ...before, account: bo }, true],
    ['another site', before, { ...before, site: null }, true],
    ['becoming active', before, { ...before, active: true }, false],
  ])('%s', (_, from, to, changed) => {
    expect(changesRows(from, to, 'all')).toBe(changed);
  });

  it('also when the list is filtered by state and the row appears or disappears with its state', () => {
    const paused = { ...before, status: { state: 'paused', since: '' } as const };
    expect(changesRows(before, paused, 'paused')).toBe(true);
    expect(changesRows(before, paused, 'offline')).toBe(false);
  });
});

describe('neighbour', () => {
  const rows = connectionRows(connections, { query: '', filter: 'all' });
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
