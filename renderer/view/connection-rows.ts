import type { ConnectionView } from '../../contract/connection.ts';
import type { ConnectionId } from '../../contract/ids.ts';
import { METHOD_WORDS } from '../../contract/method-words.ts';
import { matchesFilter, type StateFilter } from './state-filter.ts';

/** One line of the list: a heading, or a connection (`position` counts connections from 1). */
export type Row =
  | { kind: 'provider'; key: string; label: string }
  | { kind: 'account'; key: string; label: string }
  | { kind: 'connection'; key: string; id: ConnectionId; position: number };

const collator = new Intl.Collator(undefined, { sensitivity: 'base', numeric: true });

/** How an account is identified: its e-mail, or its name if the provider gives no e-mail. */
export const accountLabel = (account: ConnectionView['account']): string => account.email ?? account.name;

/** The site's address without the scheme, or the sign-in method if there is no site. */
export const siteLabel = (connection: ConnectionView): string =>
  connection.site === null
    ? METHOD_WORDS[connection.method]
    : connection.site.url.replace(/^https?:\/\//, '');

const haystack = (connection: ConnectionView): string =>
  [
    connection.name,
    connection.providerName,
    connection.account.name,
    connection.account.email ?? '',
    connection.site?.name ?? '',
    connection.site?.url ?? '',
  ]
    .join('\n')
    .toLowerCase();

/** Matches if every word of the query occurs in the connection's name, account, site or provider. */
function matcher(query: string): (connection: ConnectionView) => boolean {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return () => true;
  return (connection) => {
    const text = haystack(connection);
    return words.every((word) => text.includes(word));
  };
}

interface Group {
  key: string;
  label: string;
  connections: ConnectionView[];
}

/** Sorted by label. Neighbours mostly belong to the same group, which saves the lookup. */
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
  return [...groups.values()].sort((a, b) => collator.compare(a.label, b.label));
}

/** What the list is filtered by. */
export interface RowFilter {
  query: string;
  filter: StateFilter;
}

/** The rows of the list: provider → account → connections by name, only those that match. */
export function connectionRows(connections: Iterable<ConnectionView>, { query, filter }: RowFilter): Row[] {
  const matches = matcher(query);
  const rows: Row[] = [];
  let position = 0;
  const shown =
    query === '' && filter === 'all'
      ? connections
      : [...connections].filter((item) => matchesFilter(filter, item) && matches(item));
  for (const provider of grouped(
    shown,
    (item) => item.provider,
    (item) => item.providerName,
  )) {
    rows.push({ kind: 'provider', key: provider.key, label: provider.label });
    for (const account of grouped(
      provider.connections,
      (item) => item.account.id,
      (item) => accountLabel(item.account),
    )) {
      rows.push({ kind: 'account', key: `${provider.key}/${account.key}`, label: account.label });
      account.connections.sort((a, b) => collator.compare(a.name, b.name));
      for (const { id } of account.connections)
        rows.push({ kind: 'connection', key: id, id, position: ++position });
    }
  }
  return rows;
}

/** Whether the change can move, add, hide or relabel a row. A change of state alone cannot, unless the list is filtered by state. */
export function changesRows(
  before: ConnectionView | undefined,
  after: ConnectionView,
  filter: StateFilter,
): boolean {
  return (
    before?.provider !== after.provider ||
    before.account.id !== after.account.id ||
    haystack(before) !== haystack(after) ||
    before.name !== after.name ||
    matchesFilter(filter, before) !== matchesFilter(filter, after)
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
