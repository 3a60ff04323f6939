import type { OAuthClientView } from '../../contract/provider.ts';
import type { Runtime } from '../runtime.ts';
import { plain } from './plain.ts';
import { table } from './table.ts';

export function showClients({ print, out }: Runtime, clients: readonly OAuthClientView[]): void {
  const headings = ['PROVIDER', 'NAME', 'CLIENT ID', 'SECRET', 'FOR', 'REDIRECT URI', 'CONNECTIONS'];
  const rows = clients.map(
    ({ provider, name, clientId, hasSecret, serviceAccount, redirectUri, connections }) => [
      plain(provider),
      plain(name),
      plain(clientId),
      hasSecret ? 'stored' : 'none',
      serviceAccount ? 'service account' : 'people',
      serviceAccount ? '–' : plain(redirectUri),
      String(connections),
    ],
  );
  print(table([headings.map((text) => out.dim(text)), ...rows]).join('\n'));
}
