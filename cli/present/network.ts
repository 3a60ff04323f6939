import type { NetworkSettings, NetworkView } from '../../contract/network.ts';
import type { Runtime } from '../runtime.ts';
import { plain } from './plain.ts';
import { table } from './table.ts';

/** What is set, and the way that follows from it. */
export function showNetwork({ print, out }: Runtime, view: NetworkView): void {
  const { connection, settings, effective, route } = view;
  print(out.bold(connection === null ? 'Network settings' : `Network settings of “${plain(connection)}”`));
  const inherited = (key: keyof NetworkSettings): string =>
    connection !== null && settings[key] === undefined ? out.dim(' (not set here)') : '';
  const { clientCertificate: certificate } = effective;
  const key = certificate?.keyFile === undefined ? '' : `, key ${plain(certificate.keyFile)}`;
  const rows: [string, string][] = [
    ['Proxy', `${proxyWords(effective, view.hasProxyPassword)}${inherited('proxy')}`],
    ['Requests go', plain(route)],
    ['CA file', `${effective.caFile === undefined ? '–' : plain(effective.caFile)}${inherited('caFile')}`],
    [
      'Client certificate',
      `${certificate === undefined ? '–' : `${plain(certificate.file)}${key}`}${inherited('clientCertificate')}`,
    ],
    [
      'Certificates',
      effective.verify === false
        ? out.bad('▲ Not checked: anyone on the way could read the token')
        : `${out.good('●')} Checked`,
    ],
  ];
  for (const line of table(rows.map(([label, value]) => [out.dim(label), value]))) print(line);
}

function proxyWords({ proxy = { from: 'automatic' } }: NetworkSettings, hasPassword: boolean): string {
  switch (proxy.from) {
    case 'automatic':
      return 'Automatic: from the environment, else from the system';
    case 'environment':
      return 'From the environment (HTTPS_PROXY, NO_PROXY)';
    case 'system':
      return 'From the system';
    case 'none':
      return 'None';
    case 'pac':
      return `PAC file ${plain(proxy.location)}`;
    case 'manual': {
      const bypass = proxy.bypass === undefined ? '' : `, but not to ${plain(proxy.bypass.join(' '))}`;
      return `${plain(proxy.url)}${hasPassword ? ' with a password' : ''}${bypass}`;
    }
  }
}
