import type { ConnectionView } from '../../contract/connection.ts';
import type { Runtime } from '../runtime.ts';
import { connectionBadge, connectionDetail } from './badge.ts';
import type { Paint } from './paint.ts';
import { table } from './table.ts';
import { plain } from './plain.ts';

/** A connection as scripts see it: exactly the documented fields. */
export const connectionRow = ({
  id,
  name,
  provider,
  method,
  account,
  site,
  scopes,
  status,
  active,
  expiresAt,
}: ConnectionView): object => ({
  id,
  name,
  provider,
  method,
  account: { id: account.id, name: account.name, email: account.email },
  site: site && { cloudId: site.cloudId, name: site.name, url: site.url },
  scopes,
  status,
  active,
  expiresAt,
});

/** Lines of a table, with its heading. */
export function connectionTable(
  { context, out, withCommands }: Runtime,
  connections: readonly ConnectionView[],
): string[] {
  const now = context.clock.now();
  return table([
    ['', 'NAME', 'PROVIDER', 'ACCOUNT', 'SITE', 'STATE', ''].map((heading) => out.dim(heading)),
    ...connections.map((connection) => [
      connection.active ? '★' : '',
      plain(connection.name),
      plain(connection.provider),
      plain(connection.account.email ?? connection.account.name),
      plain(connection.site?.name ?? '–'),
      connectionBadge(connection.status, now, out),
      [...warnings(connection, out), out.dim(withCommands(connectionDetail(connection, now)))].join('  '),
    ]),
  ]);
}

const warnings = ({ unverified, notice }: ConnectionView, out: Paint): string[] => [
  ...(unverified ? [out.bad('▲ Certificates not checked')] : []),
  ...(notice === undefined ? [] : [out.warn(`▲ ${plain(notice.title)}`)]),
];

/** Shows the result of a command on one connection: what was done, and its current state. */
export function showConnection(runtime: Runtime, connection: ConnectionView, sentence: string): void {
  if (runtime.json) runtime.document({ connection: connectionRow(connection) });
  else {
    const now = runtime.context.clock.now();
    const detail = runtime.withCommands(connectionDetail(connection, now));
    runtime.log(sentence);
    runtime.print(
      [
        plain(connection.name),
        ...(connection.site ? [plain(connection.site.url)] : []),
        connectionBadge(connection.status, now, runtime.out),
        ...warnings(connection, runtime.out),
        ...(detail ? [runtime.out.dim(detail)] : []),
      ].join('  '),
    );
  }
}
