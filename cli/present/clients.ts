import type { OAuthClientView } from '../../contract/provider.ts';
import type { Runtime } from '../runtime.ts';
import { plain } from './plain.ts';
import { printTable } from './print-table.ts';

export function showClients({ context, print, out }: Runtime, clients: readonly OAuthClientView[]): void {
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
  printTable(
    { context, print },
    headings.map((text) => out.dim(text)),
    rows,
  );
}
