import type { ConnectionView } from '../../../contract/connection.ts';
import { marksOf } from './connection-words.ts';
import type { MenuForms } from './menu-forms.ts';
import { LINE, type TrayCommand, type TrayItem, type TrayText } from './tray-item.ts';
import { trayLabel, trayLine } from './tray-label.ts';

const SHOWN_PER_PROVIDER = 9;
/** A native menu with hundreds of entries is unusable; the window has a search. */
const SHOWN_IN_MORE = 40;

const use = (connection: ConnectionView): TrayCommand => ({ do: 'use', connection: connection.id });

/** The first nine by name; the active one is always among them. */
function firstNine(connections: readonly ConnectionView[]): [ConnectionView[], ConnectionView[]] {
  const first = connections.slice(0, SHOWN_PER_PROVIDER);
  const active = connections.find((connection) => connection.active);
  const shown =
    active === undefined || first.includes(active)
      ? first
      : [...first.slice(0, SHOWN_PER_PROVIDER - 1), active];
  return [shown, connections.filter((connection) => !shown.includes(connection))];
}

const beforeAt = (email: string): string => email.slice(0, Math.max(email.indexOf('@'), 0)) || email;

/** Accounts as briefly as they can be told apart: `ana`, or whole addresses where two begin alike. */
function accountNames(connections: readonly ConnectionView[]): (connection: ConnectionView) => string {
  const emails = new Set(connections.flatMap(({ account }) => account.email ?? []));
  const counts = new Map<string, number>();
  for (const email of emails) counts.set(beforeAt(email), (counts.get(beforeAt(email)) ?? 0) + 1);
  return ({ account: { email, name } }) => {
    if (email === null) return name;
    const short = beforeAt(email);
    return counts.get(short) === 1 ? short : email;
  };
}

/** The site's host, and for a self-hosted product the path that it is at. */
const siteOf = ({ site }: ConnectionView): string =>
  site === null ? '' : site.url.replace(/^https?:\/\//, '').replace(/\/$/, '');

/** The connections of one provider, sorted by name. `now`: epoch ms. */
export function providerGroup(
  connections: readonly ConnectionView[],
  now: number,
  forms: MenuForms,
): TrayItem[] {
  const accountOf = accountNames(connections);
  const text = (connection: ConnectionView): TrayText => {
    const { name } = connection;
    // What the name says already is not said again.
    const detail = [siteOf(connection), accountOf(connection)].filter(
      (part) => part !== '' && !name.includes(part),
    );
    return trayLine({ name, detail: detail.join(' · '), end: marksOf(connection, now) }, forms);
  };
  const [shown, rest] = firstNine(connections);
  const items: TrayItem[] = shown.map((connection) => ({
    kind: 'radio',
    ...text(connection),
    checked: connection.active,
    command: use(connection),
  }));
  if (rest.length === 0) return items;
  const more: TrayItem[] = rest.slice(0, SHOWN_IN_MORE).map((connection) => ({
    // Not radio items: Electron would check the first one of a group without a checked item.
    kind: 'action',
    ...text(connection),
    command: use(connection),
  }));
  if (rest.length > SHOWN_IN_MORE)
    more.push(LINE, {
      kind: 'action',
      label: 'All connections…',
      command: { do: 'open', target: { view: 'connections' } },
    });
  return [...items, { kind: 'submenu', label: trayLabel('More connections…'), items: more }];
}
