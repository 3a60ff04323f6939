import { Agent } from 'node:http';
import { access } from '../../main/credentials/access.ts';
import type { McpUpstreams } from '../../main/gateway/mcp/carry/exchange.ts';
import type { McpResource } from '../../main/gateway/mcp/ports.ts';
import type { Upstream } from '../../main/gateway/ports.ts';
import type { Connections } from '../../main/connections/ports.ts';
import { ok, type Result } from '../../main/lib/result.ts';
import type { Refresher } from '../../main/refresh/ports.ts';

/** Servers of connections, with what the core renews. `dispose` ends the sockets. */
export function coreUpstreams(
  connections: Pick<Connections, 'readCredentials'>,
  refresher: Pick<Refresher, 'refresh'>,
): McpUpstreams & { dispose(): void } {
  const agent = new Agent({ keepAlive: true });
  const open = async ({ connection, server }: McpResource): Promise<Result<Upstream>> => {
    const credentials = await connections.readCredentials(connection.id, 60_000);
    if (!credentials.ok) return credentials;
    const found = access(credentials.value, server.api);
    if (!found.ok) return found;
    return ok({ url: new URL(found.value.url), header: found.value.header, agent });
  };
  return {
    open,
    replace: async (resource, refused) => {
      await refresher.refresh(resource.connection.id);
      const again = await open(resource);
      return again.ok && again.value.header.value !== refused.header.value ? again.value : null;
    },
    dispose: () => {
      agent.destroy();
    },
  };
}
