import { describe, expect, it } from 'vitest';
import { searchItems, suggestItems, type PaletteItem } from '../../../renderer/view/palette-search.ts';

const item = (group: PaletteItem['group'], label: string, detail?: string): PaletteItem => ({
  ...{ id: label, group, label },
  ...(detail !== undefined && { detail }),
});

const ITEMS: readonly PaletteItem[] = [
  item('Connections', 'beta', 'acme.atlassian.net ana'),
  item('Connections', 'acme-test', 'acme-test.atlassian.net'),
  item('Connections', 'acme', 'acme.atlassian.net'),
  item('Actions', 'Copy token of acme'),
  item('Actions', 'Go to Settings'),
  item('Actions', 'Settings: Security'),
  item('Env files', '/home/ana/acme/.env'),
  item('Gateway keys', 'settings of CI'),
];

const found = (query: string, recent: string[] = [], items = ITEMS): string[] =>
  searchItems(items, query, recent).flatMap(({ title, found: each }) => [
    `# ${title}`,
    ...each.map(({ item: { label } }) => label),
  ]);

describe('searchItems', () => {
  it.each<[query: string, recent: string[], expected: string[]]>([
    [
      'acme',
      [],
      [
        '# Connections',
        'acme',
        'acme-test',
        'beta',
        '# Actions',
        'Copy token of acme',
        '# Env files',
        '/home/ana/acme/.env',
      ],
    ],
    // The one with the best match comes first.
    [
      'settings',
      [],
      ['# Actions', 'Settings: Security', 'Go to Settings', '# Gateway keys', 'settings of CI'],
    ],
    [
      'ac',
      ['acme-test'],
      [
        '# Connections',
        'acme-test',
        'acme',
        'beta',
        '# Actions',
        'Copy token of acme',
        '# Env files',
        '/home/ana/acme/.env',
      ],
    ],
    // However recent, worse is worse.
    [
      'acme',
      ['beta', 'acme-test'],
      [
        '# Connections',
        'acme',
        'acme-test',
        'beta',
        '# Actions',
        'Copy token of acme',
        '# Env files',
        '/home/ana/acme/.env',
      ],
    ],
    ['beta ana', [], ['# Connections', 'beta']],
    ['  copy   acme ', [], ['# Actions', 'Copy token of acme']],
    ['', [], []],
    ['zzz', [], []],
    // Only where nothing else matches.
    ['gtse', [], ['# Actions', 'Go to Settings']],
  ])('%s', (query, recent, expected) => {
    expect(found(query, recent)).toEqual(expected);
  });

  it('marks in the detail what only that has', () => {
    const [group] = searchItems(ITEMS, 'beta ana', []);
    expect(group?.found[0]).toMatchObject({ marks: [[0, 4]], detailMarks: [[19, 22]] });
  });

  it('shows a few of each group, and more of one alone', () => {
    const many = Array.from({ length: 100 }, (_, index) => item('Connections', `acme ${index}`));
    expect(found('acme', [], [...many, item('Actions', 'Copy acme')])).toHaveLength(7 + 1 + 2);
    expect(found('acme', [], many)).toHaveLength(51);
  });

  it('takes 10,000 connections in a fraction of a frame that a person would notice', () => {
    const many = Array.from({ length: 10_000 }, (_, index) =>
      item('Connections', `connection ${index}`, `site-${index}.atlassian.net ana${index}@acme.example`),
    );
    const start = performance.now();
    for (const query of ['c', 'co', 'con', 'conn', 'site-99', 'cnct', 'ana 12'])
      expect(searchItems(many, query, [])).not.toEqual([]);
    // Seven searches; a hundred times of what they take, so that a busy machine does not fail this.
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});

it('suggests what was used last, then the beginning of each group, nothing twice', () => {
  const suggested = suggestItems(ITEMS, ['Go to Settings', 'gone', 'beta'], {
    Recent: 2,
    Connections: 1,
    Actions: 9,
  });
  expect(
    suggested.map(({ title, found: each }) => [title, each.map(({ item: { label } }) => label)]),
  ).toEqual([
    ['Recent', ['Go to Settings', 'beta']],
    ['Connections', ['acme-test']],
    ['Actions', ['Copy token of acme', 'Settings: Security']],
  ]);
});
