import type { ConnectionView } from '../../contract/connection.ts';
import type { ConnectionId } from '../../contract/ids.ts';
import { matchesFilter, type StateFilter } from './state-filter.ts';

/** One line of the list: a heading, or a connection (`position` counts connections from 1). */
export type Row =
  | { kind: 'provider'; key: string; label: string }
  | { kind: 'account'; key: string; label: string }
  | { kind: 'connection'; key: string; id: ConnectionId; position: number };

const collator = new Intl.Collator(undefined, { sensitivity: 'base', numeric: true });

/** How an account is told from others: its e-mail, or its name where the provider gives no e-mail. */
export const accountLabel = (account: ConnectionView['account']): string => account.email ?? account.name;

/** A site's address without the scheme. */
export const siteLabel = (connection: ConnectionView): string =>
  connection.site === null ? connection.providerName : connection.site.url.replace(/^https?:\/\//, '');

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

/** Every word of the query stands somewhere in the connection's name, account, site or provider. */
function matcher(query: string): (connection: ConnectionView) => boolean {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return () => true;
  return (connection) => {
    const text = haystack(connection);
    return words.every((word) => text.includes(word));
  };
}

function grouped<T>(items: Iterable<T>, keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

/** The groups by what `labelOf` calls them; groups stay small, so that 10,000 connections sort fast. */
function sortedGroups<T>(groups: Map<string, T[]>, labelOf: (item: T) => string): [string, T[], string][] {
  return [...groups]
    .map(([key, items]): [string, T[], string] => [
      key,
      items,
      items[0] === undefined ? key : labelOf(items[0]),
    ])
    .sort((a, b) => collator.compare(a[2], b[2]));
}

/** What the list is narrowed to. */
export interface RowFilter {
  query: string;
  filter: StateFilter;
}

/** The list: provider → account → connections by name, only those that match. */
export function connectionRows(connections: Iterable<ConnectionView>, { query, filter }: RowFilter): Row[] {
  const matches = matcher(query);
  const rows: Row[] = [];
  let position = 0;
  const shown = [...connections].filter((item) => matchesFilter(filter, item) && matches(item));
  const providers = sortedGroups(
    grouped(shown, (item) => item.provider),
    (item) => item.providerName,
  );
  for (const [provider, ofProvider, providerName] of providers) {
    rows.push({ kind: 'provider', key: provider, label: providerName });
    const accounts = sortedGroups(
      grouped(ofProvider, (item) => item.account.id),
      (item) => accountLabel(item.account),
    );
    for (const [account, ofAccount, label] of accounts) {
      rows.push({ kind: 'account', key: `${provider}/${account}`, label });
      ofAccount.sort((a, b) => collator.compare(a.name, b.name));
      for (const { id } of ofAccount) rows.push({ kind: 'connection', key: id, id, position: ++position });
    }
  }
  return rows;
}

/** Whether the change can move, add, hide or relabel a row; unless states are filtered, a state alone cannot. */
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

/** The connection `step` places from `id` in the list, held at its ends; the first when `id` is not shown. */
export function neighbour(rows: readonly Row[], id: ConnectionId | null, step: number): ConnectionId | null {
  const ids = shownIds(rows);
  const at = id === null ? -1 : ids.indexOf(id);
  if (at === -1) return ids[0] ?? null;
  return ids[Math.min(Math.max(at + step, 0), ids.length - 1)] ?? null;
}
