import type { ConnectionView, CredentialField } from '../../../contract/connection.ts';
import type { ConnectionId } from '../../../contract/ids.ts';
import { pastedNoun } from '../../../contract/method-words.ts';
import { LINE, type TrayItem } from './tray-item.ts';
import { trayLabel } from './tray-label.ts';

/** More of them would be a menu of copying; the others are in the submenu. */
const DIRECT = 3;
const SHOWN_ADDRESSES = 6;

const secretOf = ({ method }: ConnectionView): 'token' | 'key' | 'password' => pastedNoun(method) ?? 'token';
const SECRET_LABELS = { token: 'Token', key: 'Key', password: 'Password' } as const;

/** What else there is of a connection to copy. */
function fieldsOf({ site, apis, account }: ConnectionView): [CredentialField, string, string?][] {
  const fields: [CredentialField, string, string?][] = [['authorization', 'Authorization header']];
  if (site !== null) fields.push(['site_url', 'Site address']);
  if (site !== null && site.cloudId !== null) fields.push(['cloud_id', 'Cloud ID']);
  for (const { id, name } of apis.slice(0, SHOWN_ADDRESSES))
    fields.push(['api_url', `${name} API address`, id]);
  if (account.email !== null) fields.push(['email', 'E-mail address']);
  fields.push(['account_id', 'Account ID']);
  return fields;
}

const copyItem = (
  connection: ConnectionId | null,
  label: string,
  field: CredentialField,
  api?: string,
): TrayItem => ({
  kind: 'action',
  label: trayLabel(label),
  command: { do: 'copy', connection, field, ...(api !== undefined && { api }) },
});

const moreOf = (connection: ConnectionView, id: ConnectionId | null): TrayItem[] =>
  fieldsOf(connection).map(([field, label, api]) => copyItem(id, label, field, api));

/** What can be copied from the active connections: the tokens at once, the rest one level down. */
export function copyItems(active: readonly ConnectionView[]): TrayItem[] {
  const [only, ...others] = active;
  if (only === undefined) return [];
  if (others.length === 0)
    return [
      copyItem(null, `Copy ${secretOf(only)}`, 'access_token'),
      { kind: 'submenu', label: 'Copy more', items: moreOf(only, null) },
    ];
  // By id: an outdated menu must not copy another account's token.
  const direct = active
    .slice(0, DIRECT)
    .map((each) => copyItem(each.id, `Copy ${secretOf(each)} of “${each.name}”`, 'access_token'));
  const more = active.flatMap((each, index): TrayItem[] => [
    ...(index === 0 ? [] : [LINE]),
    { kind: 'heading', label: trayLabel(each.name) },
    ...(index < DIRECT ? [] : [copyItem(each.id, SECRET_LABELS[secretOf(each)], 'access_token')]),
    ...moreOf(each, each.id),
  ]);
  return [...direct, { kind: 'submenu', label: 'Copy more', items: more }];
}
