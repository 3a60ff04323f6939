import type { CommandForm } from '../../../contract/command-text.ts';
import type { Admission, Consumers, Traffic } from '../../consumers/ports.ts';
import type { ReadCredentials } from '../../credentials/ports.ts';
import type { Clock } from '../../lib/clock.ts';
import { DisposableStack } from '../../lib/disposable.ts';
import type { Logger } from '../../lib/log.ts';
import type { Network } from '../../network/ports.ts';
import type { ProviderRegistry } from '../../providers/ports.ts';
import type { Refresher } from '../../refresh/ports.ts';
import type { Store } from '../../store/ports.ts';
import type { DoorPorts } from '../door-ports.ts';
import type { Governor } from '../governor.ts';
import type { Upstreams } from '../ports.ts';
import { networkDocumentPorts } from './authorize/document-ports.ts';
import type { LocalProgram } from './local/ports.ts';
import { createMcpUpstreams } from './local/mcp-upstreams.ts';
import { systemPrograms } from './local/system-programs.ts';
import { WatchedPrograms } from './local/watched-program.ts';
import { createMcpSignIn, type McpSignIn } from './mcp-sign-in.ts';
import { createMcpServers, type KnownServer } from './servers.ts';

export interface McpOptions {
  consumers: Consumers;
  admission: Admission;
  traffic: Pick<Traffic, 'record'>;
  upstreams: Upstreams;
  governor: Governor;
  network: Pick<Network, 'openAt'>;
  readCredentials: ReadCredentials;
  refresher: Pick<Refresher, 'refresh'>;
  registry: Pick<ProviderRegistry, 'get'>;
  ports: DoorPorts;
  store: Pick<Store, 'activity' | 'connections' | 'mcp' | 'settings'>;
  servers: readonly KnownServer[];
  /** The server among them that is a program of this machine. */
  program: LocalProgram & { readonly siteHeader: string };
  commands: CommandForm;
  env: Readonly<Record<string, string | undefined>>;
  clock: Clock;
  logger: Logger;
}

/** The sign-in of MCP clients with the servers that they reach: those of connections, and a program that runs here. */
export function createMcp(options: McpOptions): McpSignIn {
  const { store, registry, refresher, program, clock, logger } = options;
  const parts = new DisposableStack();
  const running = parts.add(
    new WatchedPrograms({ program, ports: systemPrograms(options.env), clock, logger }),
  );
  const upstreams = parts.add(
    createMcpUpstreams({
      upstreams: options.upstreams,
      programs: new Map([[program.name, { program, running }]]),
      readCredentials: options.readCredentials,
      renew: async ({ connection }) => {
        const renewed = await refresher.refresh(connection.id);
        return renewed.ok && renewed.value.kind === 'refreshed';
      },
    }),
  );
  const { settings } = store;
  const signIn = parts.add(
    createMcpSignIn({
      ...options,
      settings: {
        get: () => ({ on: settings.get().mcpSignIn, port: options.ports.mcp() }),
        onChange: settings.onChange,
      },
      mayBeAnother: options.ports.mayBeAnother,
      servers: createMcpServers({ connections: store.connections, registry, known: options.servers }),
      store: store.mcp,
      activity: store.activity,
      upstreams,
      documents: networkDocumentPorts(options.network),
      foreign: {
        server: program.name,
        on: () => settings.get().mcpForeignTokens,
        options: { address: () => running.address({}), api: program.name, siteHeader: program.siteHeader },
      },
    }),
  );
  return {
    ...signIn,
    forgetSecrets: () => {
      signIn.forgetSecrets();
      // It was given credentials, and may keep them.
      running.endAll();
    },
    dispose: () => parts.dispose(),
  };
}
