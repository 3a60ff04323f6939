import { Agent } from 'node:http';
import type { ReadCredentials } from '../../../credentials/ports.ts';
import { disposable, type Disposable } from '../../../lib/disposable.ts';
import { ok, type Result } from '../../../lib/result.ts';
import type { Upstream, Upstreams } from '../../ports.ts';
import type { McpUpstreams } from '../carry/exchange.ts';
import type { McpResource } from '../ports.ts';
import type { LocalProgram } from './ports.ts';
import type { WatchedPrograms } from './watched-program.ts';

export interface McpUpstreamsOptions {
  /** For servers that are APIs of connections. */
  upstreams: Upstreams;
  /** Servers that are programs of this machine, by id. */
  programs: ReadonlyMap<string, { program: LocalProgram; running: WatchedPrograms }>;
  readCredentials: ReadCredentials;
  /** Renews a connection's credential now; false when it did not change. */
  renew: (resource: McpResource) => Promise<boolean>;
}

/** A credential that ends sooner is renewed first. */
const MIN_TTL_MS = 60_000;

/** MCP servers wherever they are: an API of the connection, or a program that is fed its credential with each request. */
export function createMcpUpstreams(options: McpUpstreamsOptions): McpUpstreams & Disposable {
  const { upstreams, programs, readCredentials, renew } = options;
  const agent = new Agent({ keepAlive: true });

  async function openLocal(
    { connection }: McpResource,
    { program, running }: { program: LocalProgram; running: WatchedPrograms },
  ): Promise<Result<Upstream>> {
    const credentials = await readCredentials(connection.id, MIN_TTL_MS);
    if (!credentials.ok) return credentials;
    const header = program.header(credentials.value.connection, credentials.value.header);
    if (!header.ok) return header;
    const url = await running.address(program.place(credentials.value.connection));
    return url.ok ? ok({ url: url.value, header: header.value, agent }) : url;
  }

  return {
    open: (resource) => {
      const local = programs.get(resource.server.id);
      return local ? openLocal(resource, local) : upstreams.open(resource.connection, resource.server.api);
    },
    replace: async (resource, refused) => {
      const local = programs.get(resource.server.id);
      if (!local) return upstreams.replace(resource.connection, resource.server.api, refused);
      if (!(await renew(resource))) return null;
      const again = await openLocal(resource, local);
      return again.ok && again.value.header.value !== refused.header.value ? again.value : null;
    },
    ...disposable(() => {
      agent.destroy();
    }),
  };
}
