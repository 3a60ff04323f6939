import type { AppStatus, KeychainStatus } from '../../contract/status.ts';
import type { Runtime } from '../runtime.ts';
import { plain } from './plain.ts';
import { table } from './table.ts';

export function showStatus({ json, document, print, out, withCommands }: Runtime, status: AppStatus): void {
  const { running, host, pid, version, home, socket, connections } = status;
  if (json) {
    document({ running, host, pid, version, home, socket, connections });
    return;
  }
  const rows = [
    ['State', status.refreshingPaused ? '‖ Refreshing is paused' : out.good('● Running')],
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
