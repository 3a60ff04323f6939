import type { AppStatus, KeychainStatus } from '../../contract/status.ts';
import type { Runtime } from '../runtime.ts';
import { plain } from './plain.ts';
import { table } from './table.ts';

export function showStatus({ json, document, print, out }: Runtime, status: AppStatus): void {
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
    ['Secrets', keychainText(status.keychain)],
    ...(status.sandbox ? [['Sandbox', plain(status.sandbox.url)]] : []),
    ...(status.database ? [['Database', `▲ ${plain(status.database.message)}`]] : []),
    ['Data folder', plain(home)],
    ['Socket', plain(socket)],
  ];
  for (const line of table(rows.map(([label = '', text = '']) => [out.dim(label), text]))) print(line);
}

function keychainText(keychain: KeychainStatus): string {
  switch (keychain.state) {
    case 'opening':
      return '◌ Opening the keychain';
    case 'ready':
      return '● Keychain open';
    case 'session-only':
      return '○ In memory only, until the app ends';
    case 'unavailable':
      return `▲ ${plain(keychain.error.message)}`;
  }
}
