import type { ConnectionView } from '../../contract/connection.ts';
import { METHOD_WORDS } from '../../contract/method-words.ts';
import { shellWord } from '../../contract/shell-word.ts';
import type { Runtime } from '../runtime.ts';
import { connectionBadge } from './badge.ts';
import { indented } from './fit.ts';
import { isolated } from './isolate.ts';
import type { Paint } from './paint.ts';
import { plain } from './plain.ts';
import { fitRows, type Cell } from './rows.ts';
import { localDay, nearTime, relative, validUntil } from './time.ts';

/** From how many cells on a row shows the site and until when it works; the address, and when it renews; how it signed in. */
const WITH_SITE = 60;
const WITH_ADDRESS = 100;
const WITH_METHOD = 140;

const collator = new Intl.Collator(undefined, { sensitivity: 'base', numeric: true });

/** Connections for a terminal, `room` cells wide: provider → account → name, as in the window. */
export function connectionLines(
  { context, out, withCommands }: Pick<Runtime, 'context' | 'out' | 'withCommands'>,
  connections: readonly ConnectionView[],
  room: number,
): string[] {
  const now = context.clock.now();
  const sorted = [...connections].sort(
    (one, other) =>
      collator.compare(one.providerName, other.providerName) ||
      collator.compare(accountName(one), accountName(other)) ||
      collator.compare(one.account.id, other.account.id) ||
      collator.compare(one.name, other.name),
  );
  const rows = fitRows(
    sorted.map((connection) => rowOf(connection, room, now, out)),
    room - INDENT - MARK,
  );
  const lines: string[] = [];
  let before: ConnectionView | undefined;
  for (const [index, connection] of sorted.entries()) {
    const isSameProvider = before?.provider === connection.provider;
    if (!isSameProvider) {
      if (before) lines.push('');
      lines.push(...heading(plain(connection.providerName), room, 0).map((line) => out.bold(line)));
    }
    if (!isSameProvider || before?.account.id !== connection.account.id)
      lines.push(...heading(accountWords(connection, room), room, INDENT).map((line) => out.dim(line)));
    lines.push(`${' '.repeat(INDENT)}${connection.active ? '★' : ' '} ${rows[index] ?? ''}`);
    for (const text of problemWords(connection, now))
      lines.push(...indented(plain(withCommands(text)), room, INDENT + MARK + 2));
    before = connection;
  }
  if (room < WITH_SITE && connections.some(({ active }) => active)) lines.push(out.dim('★ active'));
  return lines;
}

const INDENT = 2;
const MARK = 2;

const heading = (text: string, room: number, indent: number): string[] =>
  indented(isolated(text), room, indent);

const accountName = ({ account }: ConnectionView): string => account.email ?? account.name;

function accountWords({ account }: ConnectionView, room: number): string {
  const { name, email } = account;
  return email === null || name === email || name === '' || room < WITH_SITE
    ? plain(email ?? name)
    : `${plain(email)} (${plain(name)})`;
}

function rowOf(connection: ConnectionView, room: number, now: number, out: Paint): Cell[] {
  const { name, active, status, site, method, canRefresh, nextRefreshAt } = connection;
  const isWide = room >= WITH_SITE;
  return [
    { text: `${plain(name)}${active && isWide ? ' · active' : ''}`, shrinks: true },
    ...(isWide ? [{ text: siteWords(site, room), shrinks: true } as const] : []),
    {
      text: connectionBadge(status, now, UNPAINTED),
      paint: () => connectionBadge(status, now, out),
    },
    ...(isWide ? [{ text: untilCell(connection, room, now) }] : []),
    ...(room >= WITH_ADDRESS
      ? [
          {
            text: canRefresh && nextRefreshAt !== null ? `renews ${nearTime(nextRefreshAt, now)}` : '',
            paint: out.dim,
          },
        ]
      : []),
    ...(room >= WITH_METHOD ? [{ text: METHOD_WORDS[method], paint: out.dim }] : []),
  ];
}

const same = (text: string): string => text;
const UNPAINTED: Paint = { dim: same, bold: same, good: same, warn: same, bad: same };

function siteWords(site: ConnectionView['site'], room: number): string {
  if (site === null) return '–';
  return plain(room < WITH_ADDRESS ? site.name : site.url.replace(/^https?:\/\//, ''));
}

function untilCell(connection: ConnectionView, room: number, now: number): string {
  const { status, expiresAt } = connection;
  if (expiresAt === null) return status.state === 'connected' ? 'no end known' : '';
  const time = validUntil(connection, now);
  if (time === null) return '';
  return `until ${room < WITH_ADDRESS && time.includes(' ') ? localDay(expiresAt) : time}`;
}

/** What is wrong, and what to do about it, a paragraph each. Pure. */
export function problemWords(
  { name, status, unverified, notice, nextRefreshAt, canRefresh }: ConnectionView,
  now: number,
): string[] {
  return [
    ...stateWords(),
    ...(unverified ? ['▲ Certificates not checked'] : []),
    ...(notice === undefined ? [] : [`▲ ${notice.message}`, notice.hint]),
  ];

  function stateWords(): string[] {
    switch (status.state) {
      case 'needs-reconnect':
        return [status.reason, status.hint];
      case 'missing-scope':
        return [
          `Not granted: ${status.scopes.join(' ')}`,
          `Ask for them: tokentray reconnect ${shellWord(name)}`,
        ];
      case 'offline':
        return [`${status.reason} Next try ${relative(status.retryAt, now)}.`];
      case 'paused':
        return status.since === null ? ['All refreshing is paused. Resume it: tokentray resume'] : [];
      case 'connected':
        return nextRefreshAt === null && canRefresh ? ['Not renewed now'] : [];
      case 'expiring':
      case 'connecting':
      case 'refreshing':
        return [];
    }
  }
}
