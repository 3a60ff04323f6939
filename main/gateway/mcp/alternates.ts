import type { ConnectionId } from '../../../contract/ids.ts';
import type { McpAlternateView } from '../../../contract/mcp.ts';
import { fail, ok, type Result } from '../../lib/result.ts';
import type { McpServers } from './ports.ts';
import type { McpStore } from '../../store/mcp-records.ts';

export interface SetAlternate {
  readonly connection: ConnectionId;
  readonly server: string;
  /** Null: none any more. */
  readonly alternate: ConnectionId | null;
}

/** Second connections, where both still reach their server. */
export const alternateViews = (store: McpStore, servers: McpServers): McpAlternateView[] =>
  store.alternates().flatMap(({ connection, server, alternate }) => {
    const first = servers.find(connection, server);
    const second = servers.find(alternate, server);
    if (!first || !second) return [];
    const named = ({ id, name }: { id: ConnectionId; name: string }) => ({ id, name });
    return [{ connection: named(first.connection), server, alternate: named(second.connection) }];
  });

export function setAlternate(
  store: McpStore,
  servers: McpServers,
  { connection, server, alternate }: SetAlternate,
): Result<Record<string, never>> {
  const id = `${connection}/${server}`;
  if (
    servers.find(connection, server) === null ||
    (alternate !== null && servers.find(alternate, server) === null)
  )
    return fail('invalid-input', `Not both of these connections reach ${server}.`);
  if (alternate === connection) return fail('invalid-input', 'The second connection has to be another one.');
  const saved =
    alternate === null
      ? store.removeAlternate(id)
      : store.saveAlternate({ id, connection, server, alternate });
  return saved.ok ? ok({}) : saved;
}
