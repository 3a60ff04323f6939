import type { ConnectionView } from '../../contract/connection.ts';
import type { ConnectionId } from '../../contract/ids.ts';
import { METHOD_WORDS } from '../../contract/method-words.ts';
import { needsPerson } from '../../contract/remedy.ts';
import type { Settings } from '../../contract/settings.ts';
import { searchesAlike, searchRank } from './connection-search.ts';
import { matchesFilter, type StateFilter } from './state-filter.ts';

/** One line of the list: a heading, or a connection (`position` counts connections from 1). */
export type Row =
  | { kind: 'provider'; key: string; label: string }
  | { kind: 'group'; key: string; label: string }
  | { kind: 'connection'; key: string; id: ConnectionId; position: number };

const collator = new Intl.Collator(undefined, { sensitivity: 'base', numeric: true });

/** How an account is identified: its e-mail, or its name if the provider gives no e-mail. */
export const accountLabel = (account: ConnectionView['account']): string => account.email ?? account.name;

/** The site's address without the scheme, or the sign-in method if there is no site. */
export const siteLabel = (connection: ConnectionView): string =>
  connection.site === null
    ? METHOD_WORDS[connection.method]
    : connection.site.url.replace(/^https?:\/\//, '');

/** What the list shows, and in which order. */
export interface RowView {
  query: string;
  filter: StateFilter;
  settings: Pick<Settings, 'connectionSort' | 'connectionGroup'>;
}

/** The order of what needs somebody, for the sort order that puts it first. */
function urgency({ status, unverified, notice }: ConnectionView): number {
  if (needsPerson(status)) return 0;
  if (status.state === 'connecting') return 1;
  if (status.state === 'offline') return 2;
  if (unverified === true || notice !== undefined) return 3;
  return status.state === 'paused' ? 4 : 5;
}

/** More than any urgency, so that a better match comes first. */
const URGENCIES = 8;

interface Group {
  key: string;
  label: string;
  connections: ConnectionView[];
}

/** Neighbours mostly belong to the same group, which saves the lookup. */
function grouped(
  connections: Iterable<ConnectionView>,
  keyOf: (connection: ConnectionView) => string,
  labelOf: (connection: ConnectionView) => string,
): Group[] {
  const groups = new Map<string, Group>();
  let last: Group | undefined;
  for (const connection of connections) {
    const key = keyOf(connection);
    if (last?.key !== key) {
      last = groups.get(key);
      if (last === undefined) {
        last = { key, label: labelOf(connection), connections: [] };
        groups.set(key, last);
      }
    }
    last.connections.push(connection);
  }
  return [...groups.values()];
}

/** What connections of one provider are grouped by. */
const GROUPS = {
  account: {
    key: (item: ConnectionView) => item.account.id,
    label: (item: ConnectionView) => accountLabel(item.account),
  },
  site: {
    key: (item: ConnectionView) => item.site?.cloudId ?? item.site?.url ?? item.method,
    label: siteLabel,
  },
} as const;

/** Those that are shown; with how far in front each belongs before names decide, where that differs at all. */
function shown(
  connections: Iterable<ConnectionView>,
  { query, filter, settings }: RowView,
): { shown: Iterable<ConnectionView>; rank: (connection: ConnectionView) => number } {
  const urgent = settings.connectionSort === 'urgent';
  if (query === '' && !urgent)
    return {
      shown: filter === 'all' ? connections : [...connections].filter((item) => matchesFilter(filter, item)),
      rank: () => 0,
    };
  const match = searchRank(query);
  const ranks = new Map<ConnectionView, number>();
  for (const item of connections) {
    const found = matchesFilter(filter, item) ? match(item) : null;
    if (found !== null) ranks.set(item, found * URGENCIES + (urgent ? urgency(item) : 0));
  }
  return { shown: ranks.keys(), rank: (item) => ranks.get(item) ?? 0 };
}

/** The rows of the list: provider → account or site → connections, or connections alone; only those that match, the best match first. */
export function connectionRows(connections: Iterable<ConnectionView>, view: RowView): Row[] {
  const { shown: items, rank } = shown(connections, view);
  const ranked = view.query !== '' || view.settings.connectionSort === 'urgent';
  const rows: Row[] = [];
  let position = 0;

  const push = (members: ConnectionView[]): void => {
    members.sort((a, b) => rank(a) - rank(b) || collator.compare(a.name, b.name));
    for (const { id } of members) rows.push({ kind: 'connection', key: id, id, position: ++position });
  };
  /** A group is where its first connection would be. */
  const inOrder = (groups: Group[]): Group[] => {
    const first = new Map<Group, number>();
    if (ranked)
      for (const group of groups)
        first.set(
          group,
          group.connections.reduce((least, item) => Math.min(least, rank(item)), Infinity),
        );
    return groups.sort(
      (a, b) => (first.get(a) ?? 0) - (first.get(b) ?? 0) || collator.compare(a.label, b.label),
    );
  };

  const { connectionGroup } = view.settings;
  if (connectionGroup === 'none') {
    push([...items]);
    return rows;
  }
  const { key: keyOf, label: labelOf } = GROUPS[connectionGroup];
  const providers = grouped(
    items,
    (item) => item.provider,
    (item) => item.providerName,
  );
  for (const provider of inOrder(providers)) {
    rows.push({ kind: 'provider', key: provider.key, label: provider.label });
    for (const group of inOrder(grouped(provider.connections, keyOf, labelOf))) {
      rows.push({ kind: 'group', key: `${provider.key}/${group.key}`, label: group.label });
      push(group.connections);
    }
  }
  return rows;
}

/** Whether the change can move, add, hide or relabel a row. Most changes of state cannot. */
export function changesRows(
  before: ConnectionView | undefined,
  after: ConnectionView,
  { filter, settings }: RowView,
): boolean {
  return (
    before?.provider !== after.provider ||
    before.account.id !== after.account.id ||
    before.name !== after.name ||
    before.site?.cloudId !== after.site?.cloudId ||
    !searchesAlike(before, after) ||
    matchesFilter(filter, before) !== matchesFilter(filter, after) ||
    (settings.connectionSort === 'urgent' && urgency(before) !== urgency(after))
  );
}

export const shownIds = (rows: readonly Row[]): ConnectionId[] =>
  rows.flatMap((row) => (row.kind === 'connection' ? [row.id] : []));

/** The connection `step` places from `id`, stopping at the ends of the list; the first one if `id` is not shown. */
export function neighbour(rows: readonly Row[], id: ConnectionId | null, step: number): ConnectionId | null {
  if (id === null) return rows.find((row) => row.kind === 'connection')?.id ?? null;
  const ids = shownIds(rows);
  const at = ids.indexOf(id);
  if (at === -1) return ids[0] ?? null;
  return ids[Math.min(Math.max(at + step, 0), ids.length - 1)] ?? null;
}
