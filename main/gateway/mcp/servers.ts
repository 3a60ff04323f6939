import { apiAddresses, instanceOf, type ApiAddress } from '../../credentials/addresses.ts';
import type { ProviderRegistry } from '../../providers/ports.ts';
import { foldName } from '../../store/fold-name.ts';
import type { ConnectionStore } from '../../store/ports.ts';
import type { ConnectionRecord } from '../../store/records.ts';
import type { McpResource, McpServer, McpServers } from './ports.ts';

/** A server that there is for some connections. */
export interface KnownServer extends McpServer {
  reaches(connection: ConnectionRecord, apis: readonly ApiAddress[]): boolean;
}

export interface McpServersOptions {
  connections: Pick<ConnectionStore, 'list' | 'get'>;
  registry: Pick<ProviderRegistry, 'get'>;
  known: readonly KnownServer[];
}

/** Which MCP servers each connection reaches, as connections are at that moment. */
export function createMcpServers({ connections, registry, known }: McpServersOptions): McpServers {
  const reachedBy = (connection: ConnectionRecord): McpResource[] => {
    const definition = registry.get(connection.provider, instanceOf(connection));
    if (!definition.ok) return [];
    const apis = apiAddresses(definition.value, connection);
    return known
      .filter((server) => server.reaches(connection, apis))
      .map((server) => ({ connection, server }));
  };
  const connectionNamed = (reference: string): ConnectionRecord | undefined => {
    const byId = connections.get(reference as ConnectionRecord['id']);
    if (byId) return byId;
    const wanted = foldName(reference.trim());
    const all = connections.list();
    return all.find(({ name }) => name === reference) ?? all.find(({ name }) => foldName(name) === wanted);
  };
  return {
    list: () => connections.list().flatMap(reachedBy),
    find: (reference, id) => {
      const connection = connectionNamed(reference);
      return connection ? (reachedBy(connection).find(({ server }) => server.id === id) ?? null) : null;
    },
  };
}
