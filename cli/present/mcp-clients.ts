import { clientTitle } from '../../contract/consent-title.ts';
import type { ConsumerView } from '../../contract/gateway.ts';
import type { McpConsentView } from '../../contract/mcp.ts';
import type { Runtime } from '../runtime.ts';
import type { Paint } from './paint.ts';
import { connectionsOf, type Names } from './gateway.ts';
import { plain } from './plain.ts';
import { printTable } from './print-table.ts';
import { relative } from './time.ts';

export interface McpClientsShown {
  /** Consumers of the kind `mcp-client`. */
  readonly clients: readonly ConsumerView[];
  readonly consents: readonly McpConsentView[];
  readonly names: Names;
}

/** Prints MCP clients with their state: those that wait first, then those that signed in. */
export function showMcpClients(runtime: Runtime, { clients, consents, names }: McpClientsShown): void {
  const { context, out, print, log } = runtime;
  const now = context.clock.now();
  const rows = [
    ...consents.map((consent) => [
      plain(clientTitle(consent)),
      out.warn('◌ Waits for you'),
      plain(consent.connection.name),
      'never',
    ]),
    ...clients.map((client) => [
      plain(client.name),
      stateOf(client, now, out),
      plain(connectionsOf(client, names)),
      client.lastUsedAt === null ? 'never' : relative(client.lastUsedAt, now),
    ]),
  ];
  if (rows.length === 0) {
    log('No MCP client has signed in.');
    return;
  }
  const headings = ['SIGNED IN', 'STATE', 'CONNECTIONS', 'LAST USED'].map((text) => out.dim(text));
  printTable({ context, print }, headings, rows);
  if (consents.length > 0) log('Decide about those that wait: tokentray mcp consents');
}

function stateOf({ expiresAt, lastUsedAt }: ConsumerView, now: number, out: Paint): string {
  if (expiresAt !== null && Date.parse(expiresAt) <= now) return out.warn('▲ Expired');
  return lastUsedAt === null ? '○ Not used yet' : out.good('● Signed in');
}

/** Prints clients that wait, with what is proven about each; how to answer goes to stderr. */
export function showConsents(
  { context, out, print, log }: Runtime,
  consents: readonly McpConsentView[],
): void {
  const now = context.clock.now();
  const rows = consents.map((consent) => [
    consent.id,
    plain(clientTitle(consent)),
    consent.unproven ? out.warn('unproven') : plain(consent.clientHost ?? 'its own claim'),
    plain(consent.redirectHost),
    plain(consent.connection.name),
    plain(consent.serverName),
    relative(consent.until, now),
  ]);
  const headings = ['ID', 'CLIENT', 'NAME IS', 'SENT TO', 'CONNECTION', 'SERVER', 'ENDS'].map((text) =>
    out.dim(text),
  );
  printTable({ context, print }, headings, rows);
  for (const { id, choices } of consents.filter((consent) => consent.choices.length > 1)) {
    const others = choices.map(({ connection, server }) => `${plain(connection.name)} (${plain(server)})`);
    log(`${id} did not say which connection: ${others.join(', ')}`);
  }
  if (consents.some(({ unproven }) => unproven))
    log(
      'Unproven: any program on this machine could use this name. Allow it only if you have just started it.',
    );
  log('Let one in: tokentray mcp allow ID. Refuse it: tokentray mcp deny ID');
}
