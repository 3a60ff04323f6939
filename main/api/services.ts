import type { CommandUse } from '../../contract/example.ts';
import type { ConsumerView } from '../../contract/gateway.ts';
import type { Backups } from '../backup/backups.ts';
import type { Folders } from '../connections/folders/ports.ts';
import type { Connections } from '../connections/ports.ts';
import type { Consumer, Consumers } from '../consumers/ports.ts';
import type { Exports } from '../exports/ports.ts';
import type { PresetFiles } from '../exports/presets/preset-files.ts';
import type { PresetRegistry } from '../exports/presets/registry.ts';
import type { McpCallsService } from '../gateway/mcp/mcp-sign-in.ts';
import type { Gateway } from '../gateway/ports.ts';
import type { Git } from '../git/ports.ts';
import type { Host } from '../core/host.ts';
import type { Hooks } from '../hooks/ports.ts';
import type { Imports } from '../import/ports.ts';
import type { Clock } from '../lib/clock.ts';
import type { Result } from '../lib/result.ts';
import type { AppLock } from '../lock/ports.ts';
import type { McpClients } from '../mcp-clients/ports.ts';
import type { Network } from '../network/ports.ts';
import type { OAuthClients, ProviderRegistry } from '../providers/ports.ts';
import type { Approvals } from '../programs/ports.ts';
import type { ProviderFiles } from '../providers/provider-files.ts';
import type { Refresher } from '../refresh/ports.ts';
import type { RedirectCheck } from '../signin/redirect-check.ts';
import type { SignIns } from '../signin/ports.ts';
import type { Store } from '../store/ports.ts';
import type { Uses } from '../uses/ports.ts';
import type { CopiedSecret } from './copied-secret.ts';

/** What the handlers work with; `compose.ts` builds it. */
export interface Services {
  store: Store;
  registry: ProviderRegistry;
  providerFiles: ProviderFiles;
  clients: OAuthClients;
  redirects: RedirectCheck;
  connections: Connections;
  folders: Folders;
  signIns: SignIns;
  refresher: Refresher;
  exports: Exports;
  presets: PresetRegistry;
  presetFiles: PresetFiles;
  gateway: Gateway;
  approvals: Approvals;
  git: Git;
  mcp: McpCallsService;
  mcpClients: McpClients;
  network: Network;
  /** Keys for other machines and containers, and the socket that they open. */
  remote: {
    consumers: Consumers;
    socket: { readonly address: string | null; readonly problem: string | null; ready: () => Promise<void> };
    view: (consumer: Consumer) => ConsumerView;
  };
  hooks: Hooks;
  lock: AppLock;
  backups: Backups;
  imports: Imports;
  uses: Uses;
  host: Host;
  /** Null where only pages have a clipboard. */
  copied: CopiedSecret | null;
  clock: Clock;
  /** How commands are written on this machine. */
  commands: CommandUse;
  app: {
    version: string;
    home: string;
    socket: string;
    sandboxUrl: string | null;
    /** Opens the sandbox beside this app; returns a link to its page if it has no window of its own. */
    openSandbox: () => Promise<Result<{ url: string | null }>>;
    /** Shuts the app down; returns immediately. */
    stop: () => void;
    /** Ends the core and starts it again; returns immediately. */
    restart: () => void;
  };
}
