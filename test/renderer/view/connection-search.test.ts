import { describe, expect, it } from 'vitest';
import type { ConnectionView } from '../../../contract/connection.ts';
import { searchRank, searchesAlike } from '../../../renderer/view/connection-search.ts';
import { aConnection, aSite } from '../../fakes/window-data.ts';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const UMA = { id: 'uma', name: 'Uma', email: null, pictureUrl: null };
const named = (name: string, change: Partial<ConnectionView> = {}): ConnectionView =>
  aConnection(1, NOW, { name, site: null, account: UMA, ...change });

/** The names that match, in the order in which they would be shown. */
function found(query: string, connections: readonly ConnectionView[]): string[] {
  const rank = searchRank(query);
  return connections
    .flatMap((connection) => {
      const at = rank(connection);
      return at === null ? [] : [{ at, name: connection.name }];
    })
    .sort((a, b) => a.at - b.at)
    .map(({ name }) => name);
}

describe('searchRank', () => {
  it('has the exact name first, then what begins so, a word that does, and what has it within', () => {
    const all = ['newacme', 'old acme', 'acme 2', 'acme', 'other', 'x-acme'].map((name) => named(name));
    expect(found('acme', all)).toEqual(['acme', 'acme 2', 'old acme', 'x-acme', 'newacme']);
  });

  it('prefers the name to the site, the account and the provider where they fit alike', () => {
    const account = { id: 'a', name: 'Zed', email: 'zed@acme.example', pictureUrl: null };
    const all = [
      named('by provider', { providerName: 'Zed Cloud' }),
      named('by account', { account: { ...account, name: 'Ana' } }),
      named('by site', { site: { ...aSite('x'), url: 'https://zed.example' } }),
      named('zed’s'),
    ];
    expect(found('zed', all)).toEqual(['zed’s', 'by site', 'by account', 'by provider']);
  });

  it.each([
    ['ZOE', 'Zoë'],
    ['zoë', 'Zoe'],
    ['strasse 1', 'Strasse 1'],
    ['Ångström', 'angstrom'],
    ['ｗｉｄｅ', 'wide'],
    ['  acme   2 ', 'acme 2'],
    ['2 acme', 'acme 2'],
    ['ana acme', 'acme'],
  ])('“%s” finds “%s”', (query, name) => {
    const account = { id: 'a', name: 'Ana', email: null, pictureUrl: null };
    expect(found(query, [named(name, { account })])).toEqual([name]);
  });

  it('finds the words as they were typed before the words in any order', () => {
    expect(found('acme 2', [named('2nd acme'), named('the acme 2')])).toEqual(['the acme 2', '2nd acme']);
  });

  it('finds nothing that lacks a word, and everything without one', () => {
    expect(found('acme zzz', [named('acme')])).toEqual([]);
    expect(found('  ', [named('b'), named('a')])).toEqual(['b', 'a']);
  });
});

it('tells connections apart by what is searched, and by nothing else', () => {
  expect(searchesAlike(named('a'), named('A', { active: true }))).toBe(true);
  expect(searchesAlike(named('a'), named('a', { site: aSite('x') }))).toBe(false);
});
