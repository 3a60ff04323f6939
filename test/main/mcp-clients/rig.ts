import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ConnectionId, ProviderId } from '../../../contract/ids.ts';
import { resolveActive, resolveReference } from '../../../main/connections/resolve.ts';
import { silentLogger } from '../../../main/lib/log.ts';
import { ok } from '../../../main/lib/result.ts';
import type { HeaderKeys } from '../../../main/mcp-clients/header-keys.ts';
import { createMcpClients } from '../../../main/mcp-clients/mcp-clients.ts';
import type { McpClients } from '../../../main/mcp-clients/ports.ts';
import { createProviderRegistry } from '../../../main/providers/registry.ts';
import type { ConnectionRecord } from '../../../main/store/records.ts';
import { connection } from '../exports/sample.ts';

export const MCP = ConnectionId.parse('7d444840-9dc0-41d2-9a0c-4fd1e6a0c00a');

/** A connection that reaches Rovo. */
export const mcpConnection = (change: Partial<ConnectionRecord> = {}): ConnectionRecord =>
  connection({
    id: MCP,
    name: 'Acme',
    provider: ProviderId.parse('atlassian-mcp'),
    site: null,
    sites: [],
    ...change,
  });

/** The service over a home folder of its own. */
export class Rig {
  readonly root = mkdtempSync(path.join(tmpdir(), 'tokentray-mcp-files-'));
  readonly home = path.join(this.root, 'home');
  readonly project = path.join(this.root, 'project');
  records: ConnectionRecord[] = [mcpConnection()];
  active: ConnectionId[] = [];
  doors = { mcp: 'http://127.0.0.1:7981', gateway: 'http://127.0.0.1:7980' };
  signInOn = false;
  activity: string[] = [];
  keys: HeaderKeys | null = null;

  readonly #registry = createProviderRegistry({
    folder: path.join(this.root, 'providers'),
    clients: () => [],
    logger: silentLogger,
  });
  readonly #records = {
    list: () => this.records,
    get: (id: ConnectionId) => this.records.find((one) => one.id === id) ?? null,
    active: (provider: ProviderId) =>
      this.records.find((one) => one.provider === provider && this.active.includes(one.id))?.id ?? null,
  };

  get service(): McpClients {
    return createMcpClients({
      surroundings: {
        platform: 'linux',
        env: {},
        home: this.home,
        hasFolder: (folder) => statSync(folder, { throwIfNoEntry: false })?.isDirectory() ?? false,
      },
      connections: {
        resolve: (reference) =>
          reference === undefined ? resolveActive(this.#records) : resolveReference(this.#records, reference),
      },
      records: this.#records,
      registry: this.#registry,
      doors: () => this.doors,
      signIn: {
        isOn: () => this.signInOn,
        switchOn: () => {
          this.signInOn = true;
          return ok(undefined);
        },
      },
      keys: this.keys,
      helper: { checkout: null, sandbox: false },
      activity: {
        append: (entry) => {
          this.activity.push(entry.message);
          return { ...entry, id: 1 };
        },
      },
      clock: { now: () => 0 },
    });
  }

  dispose(): void {
    rmSync(this.root, { recursive: true });
  }
}
