import { statSync } from 'node:fs';
import process from 'node:process';
import type { Connections } from '../connections/ports.ts';
import type { Clock } from '../lib/clock.ts';
import { homeFolder } from '../lib/home-folder.ts';
import type { ProviderRegistry } from '../providers/ports.ts';
import type { Store } from '../store/ports.ts';
import type { HeaderKeys } from './header-keys.ts';
import { checkoutOf } from './helper-command.ts';
import { createMcpClients } from './mcp-clients.ts';
import type { Doors } from './servers.ts';
import type { McpClients } from './ports.ts';

export interface OwnMcpClientsOptions {
  /** Where the gateway's doors are, or would be. */
  doors: () => Doors;
  store: Store;
  registry: ProviderRegistry;
  connections: Connections;
  keys: HeaderKeys | null;
  sandbox: boolean;
  clock: Clock;
}

/** The MCP clients of the person whose process this is. */
export function ownMcpClients(options: OwnMcpClientsOptions): McpClients {
  const { doors, store, registry, connections, keys, sandbox, clock } = options;
  const { settings } = store;
  return createMcpClients({
    surroundings: { platform: process.platform, env: process.env, home: homeFolder(), hasFolder },
    connections,
    records: store.connections,
    registry,
    doors,
    signIn: {
      isOn: () => settings.get().mcpSignIn,
      switchOn: () => settings.set({ mcpSignIn: true }),
    },
    keys,
    helper: { checkout: checkoutOf(import.meta.dirname), sandbox },
    activity: store.activity,
    clock,
  });
}

const hasFolder = (folder: string): boolean =>
  statSync(folder, { throwIfNoEntry: false })?.isDirectory() ?? false;
