import { folded, matchText, type Mark, type Match } from './palette-match.ts';

export type PaletteGroup = 'Recent' | 'Connections' | 'Actions' | 'Env files' | 'Gateway keys';

/** What the palette can find. */
export interface PaletteItem {
  id: string;
  group: Exclude<PaletteGroup, 'Recent'>;
  label: string;
  /** Beside the label, and searched after it. */
  detail?: string;
}

export interface Found<T extends PaletteItem> {
  item: T;
  /** In the label. */
  marks: readonly Mark[];
  /** In the detail. */
  detailMarks: readonly Mark[];
}

export interface FoundGroup<T extends PaletteItem> {
  title: PaletteGroup;
  found: readonly Found<T>[];
}

const GROUPS: readonly PaletteItem['group'][] = ['Connections', 'Actions', 'Env files', 'Gateway keys'];

/** How many of a group are shown where there are others, and where it is alone. */
const SHOWN = 7;
const SHOWN_ALONE = 50;

/** A match that needs the detail is worse than any of the same kind in the label. */
const IN_DETAIL = 500;

interface Scored<T extends PaletteItem> extends Found<T> {
  score: number;
  place: number;
  letters: boolean;
}

const inLabel = <T extends PaletteItem>(item: T, { marks, score, place, rank }: Match): Scored<T> => ({
  item,
  marks,
  detailMarks: [],
  score,
  place,
  letters: rank === 'letters',
});

function inBoth<T extends PaletteItem>(item: T, { marks, score, place }: Match): Scored<T> {
  const { length } = item.label;
  const start = length + 1;
  return {
    item,
    marks: marks.flatMap(([from, to]): Mark[] => (from < length ? [[from, Math.min(to, length)]] : [])),
    detailMarks: marks.flatMap(([from, to]): Mark[] =>
      to > start ? [[Math.max(from, start) - start, to - start]] : [],
    ),
    score: score + IN_DETAIL,
    place,
    letters: false,
  };
}

function scoreOf<T extends PaletteItem>(item: T, query: string): Scored<T> | null {
  const label = folded(item.label);
  const own = matchText(label, query);
  if (own !== null && own.rank !== 'letters') return inLabel(item, own);
  const both = item.detail === undefined ? null : matchText(`${label} ${folded(item.detail)}`, query);
  if (both !== null && both.rank !== 'letters') return inBoth(item, both);
  return own === null ? null : inLabel(item, own);
}

/** What matches, the best first, in groups of which the one with the best match is the first. `recent`: ids, newest first. */
export function searchItems<T extends PaletteItem>(
  items: Iterable<T>,
  text: string,
  recent: readonly string[],
): FoundGroup<T>[] {
  const query = folded(text.trim().replaceAll(/\s+/g, ' '));
  if (query === '') return [];
  const scored: Scored<T>[] = [];
  for (const item of items) {
    const one = scoreOf(item, query);
    if (one !== null) scored.push(one);
  }
  // Letters in between are noise beside anything better.
  const better = scored.some(({ letters }) => !letters);
  const kept = better ? scored.filter(({ letters }) => !letters) : scored;
  const used = new Map(recent.map((id, index) => [id, index]));
  const age = ({ item }: Scored<T>): number => used.get(item.id) ?? recent.length;
  // Actions come in the order of use already; of anything else, what begins with the query is what is meant.
  const place = ({ item, place: of }: Scored<T>): number => (item.group === 'Actions' ? 0 : of);
  kept.sort((a, b) => a.score - b.score || age(a) - age(b) || place(a) - place(b));
  const groups = GROUPS.map((title) => ({
    title,
    found: kept.filter(({ item }) => item.group === title),
  })).filter(({ found }) => found.length > 0);
  const limit = groups.length === 1 ? SHOWN_ALONE : SHOWN;
  return groups
    .toSorted((a, b) => (a.found[0]?.score ?? 0) - (b.found[0]?.score ?? 0))
    .map(({ title, found }) => ({ title, found: found.slice(0, limit) }));
}

/** Before anything is typed: what was used last, then `first` and the rest in the order that it came. */
export function suggestItems<T extends PaletteItem>(
  items: readonly T[],
  recent: readonly string[],
  most: Readonly<Partial<Record<PaletteGroup, number>>>,
): FoundGroup<T>[] {
  const found = (item: T): Found<T> => ({ item, marks: [], detailMarks: [] });
  const known = new Map(items.map((item) => [item.id, item]));
  const used = recent.flatMap((id) => known.get(id) ?? []).slice(0, most.Recent ?? 0);
  const rest = items.filter((item) => !used.includes(item));
  return [
    { title: 'Recent' as const, found: used.map(found) },
    ...GROUPS.map((title) => ({
      title,
      found: rest
        .filter(({ group }) => group === title)
        .slice(0, most[title] ?? 0)
        .map(found),
    })),
  ].filter((group) => group.found.length > 0);
}
