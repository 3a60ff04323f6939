import type { ConnectionView } from '../../contract/connection.ts';
import type { ExportView } from '../../contract/export.ts';
import { countProblems, needAttentionWords, notWrittenWords } from '../../contract/problems.ts';
import type { AppStatus, KeychainStatus } from '../../contract/status.ts';
import type { Runtime } from '../runtime.ts';
import { connectionBadge } from './badge.ts';
import { isolated } from './isolate.ts';
import type { Paint } from './paint.ts';
import { plain } from './plain.ts';
import { table } from './table.ts';
import { nearTime, validUntil } from './time.ts';

/** What `status` also tells people: whether anything needs them, and until when what is used now works. */
export interface Daily {
  readonly connections: readonly ConnectionView[];
  readonly exports: readonly ExportView[];
}

export function showStatus(
  { context, json, document, print, out, withCommands }: Runtime,
  status: AppStatus,
  daily: Daily | null = null,
): void {
  const now = context.clock.now();
  const { running, host, pid, version, home, socket, connections } = status;
  if (json) {
    document({ running, host, pid, version, home, socket, connections });
    return;
  }
  const rows = [
    ['State', status.refreshingPaused ? '‖ Refreshing is paused' : out.good('● Running')],
    ...(daily === null
      ? []
      : [['Problems', problemText(daily, out)], ...activeRows(daily, now, out, context.stdout.isTTY)]),
    ['Version', plain(version)],
    ['Host', `${host} (process ${pid})`],
    ['Connections', String(connections)],
    ['Secrets', withCommands(keychainText(status.keychain, status.keySource))],
    ...(status.sandbox ? [['Sandbox', plain(status.sandbox.url)]] : []),
    ...(status.database ? [['Database', `▲ ${plain(status.database.message)}`]] : []),
    ['Data folder', plain(home)],
    ['Socket', plain(socket)],
  ];
  for (const line of table(rows.map(([label = '', text = '']) => [out.dim(label), text]))) print(line);
}

function problemText({ connections, exports }: Daily, out: Paint): string {
  const problems = countProblems(connections, exports);
  const words = [
    ...(problems.connections === 0 ? [] : [needAttentionWords(problems.connections)]),
    ...(problems.files === 0 ? [] : [notWrittenWords(problems.files)]),
  ];
  return words.length === 0 ? out.good('● None') : out.bad(`▲ ${words.join(', ')}`);
}

/** A row for each active connection; the label only in the first. */
const activeRows = ({ connections }: Daily, now: number, out: Paint, isTerminal: boolean): string[][] =>
  connections
    .filter(({ active }) => active)
    .map((connection, index) => [
      index === 0 ? 'Active' : '',
      `★ ${isTerminal ? isolated(plain(connection.name)) : plain(connection.name)}: ${activeWords(connection, now, out)}`,
    ]);

function activeWords(connection: ConnectionView, now: number, out: Paint): string {
  const { status, canRefresh, nextRefreshAt } = connection;
  const until = validUntil(connection, now);
  const badge = connectionBadge(status, now, out);
  if (until === null) return status.state === 'connected' ? 'works, no end known' : badge;
  const renews = canRefresh && nextRefreshAt !== null ? `, renews ${nearTime(nextRefreshAt, now)}` : '';
  const isUsual = status.state === 'connected' || status.state === 'refreshing';
  return `${isUsual ? '' : `${badge}, `}works until ${until}${renews}`;
}

function keychainText(keychain: KeychainStatus, source: string | undefined): string {
  switch (keychain.state) {
    case 'opening':
      return source === undefined ? '◌ Opening the keychain' : `◌ Waiting for the key from ${plain(source)}`;
    case 'ready':
      return source === undefined ? '● Keychain open' : `● Key from ${plain(source)}`;
    case 'session-only':
      return '○ In memory only, until the app ends';
    case 'locked':
      return keychain.refreshing
        ? '▲ Locked; refreshing goes on. Unlock: tokentray unlock'
        : '▲ Locked. Unlock: tokentray unlock';
    case 'unavailable':
      return `▲ ${plain(keychain.error.message)}`;
  }
}
