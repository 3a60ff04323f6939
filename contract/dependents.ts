import type { ConnectionView } from './connection.ts';
import type { ExportView } from './export.ts';
import type { FolderBinding } from './folder.ts';
import type { GatewayView } from './gateway.ts';
import type { GitInstallView } from './git.ts';
import type { GrantView } from './grants.ts';
import type { HookView } from './hook.ts';
import type { McpFileView } from './mcp-files.ts';

/** What may depend on connections, as far as the app says it. */
export interface MayDepend {
  readonly connections: readonly ConnectionView[];
  readonly exports: readonly ExportView[];
  readonly gateway: Pick<GatewayView, 'consumers' | 'connectionRules'>;
  readonly hooks: readonly HookView[];
  readonly installs: readonly GitInstallView[];
  readonly folders: readonly FolderBinding[];
  readonly mcpFiles: readonly McpFileView[];
  readonly grants: readonly GrantView[];
}

/** In the order in which people should read them. */
export const DEPENDENT_WORDS = {
  export: { one: 'env file', title: 'Env files that are no longer written' },
  folder: { one: 'bound folder', title: 'Folders that are bound to it' },
  git: { one: 'address in git’s settings', title: 'Git gets nothing any more for' },
  key: { one: 'gateway key', title: 'Gateway keys that no longer reach it' },
  remote: { one: 'key for another machine', title: 'Keys for other machines that no longer get it' },
  'mcp-client': { one: 'MCP client', title: 'MCP clients that no longer reach it' },
  'mcp-entry': { one: 'MCP entry', title: 'Entries in files of MCP clients that stop working' },
  run: { one: 'running command', title: 'Commands that run with it now' },
  rule: { one: 'rule', title: 'Rules that end with it' },
  hook: { one: 'hook', title: 'Hooks that no longer run' },
  grant: { one: 'approval of a program', title: 'Answers about programs that end with it' },
} as const satisfies Record<string, { one: string; title: string }>;
export type DependentKind = keyof typeof DEPENDENT_WORDS;

export interface Dependent {
  readonly kind: DependentKind;
  /** Names what depends on it: a file, a key, a program. Not cleaned for a terminal. */
  readonly name: string;
}

/** What stops working when the connection goes and `leaving` go with it. Pure. */
export function dependentsOf(
  { id, name, provider }: Pick<ConnectionView, 'id' | 'name' | 'provider'>,
  dependents: MayDepend,
  leaving: ReadonlySet<string> = new Set([id]),
): Dependent[] {
  const { connections, exports, gateway, hooks, installs, folders, mcpFiles, grants } = dependents;
  const hasSuccessor = connections.some((other) => other.provider === provider && !leaving.has(other.id));
  return [
    // Those that follow the active connection go on with the next one, if there is any.
    ...exports
      .filter(
        ({ connection, target }) => connection?.id === id && !(target.follows === 'active' && hasSuccessor),
      )
      .map(({ file }) => dependent('export', file)),
    ...folders
      .filter(({ bound }) => bound.some(({ connection }) => connection?.id === id))
      .map(({ file }) => dependent('folder', file)),
    ...installs
      .filter(({ intact, connection }) => intact && connection?.id === id)
      .map(({ url, file }) => dependent('git', `${url}, by ${file}`)),
    ...gateway.consumers
      .filter((consumer) => consumer.connections?.includes(id))
      .map((consumer) => dependent(consumer.kind, consumer.name)),
    ...mcpFiles.flatMap(({ client, file, entries }) =>
      entries
        .filter(({ url }) => connectionIn(url) === name)
        .map((entry) => dependent('mcp-entry', `${entry.name} of ${client}, in ${file}`)),
    ),
    ...gateway.connectionRules
      .filter(({ connection }) => connection === id)
      .flatMap(({ rules }) => rules.map(({ words }) => dependent('rule', words))),
    ...hooks
      .filter(({ connection }) => connection?.id === id)
      .map(({ event, program }) => dependent('hook', `${program}, after ${event}`)),
    ...grants
      .filter(({ connection, decision }) => connection.id === id && decision === 'allow')
      .map(({ program }) => dependent('grant', program.script ?? program.executable ?? program.name)),
  ];
}

const dependent = (kind: DependentKind, name: string): Dependent => ({ kind, name });

/** The connection in an address of a door of ours; null for other addresses. */
function connectionIn(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const [, connection = ''] = new URL(address).pathname.split('/');
  try {
    return decodeURIComponent(connection);
  } catch {
    return null;
  }
}

/** Those of a kind together, each once, in the order of `DEPENDENT_WORDS`. Pure. */
export const byKind = (all: readonly Dependent[]): { kind: DependentKind; names: string[] }[] =>
  (Object.keys(DEPENDENT_WORDS) as DependentKind[])
    .map((kind) => ({
      kind,
      names: [...new Set(all.filter((it) => it.kind === kind).map(({ name }) => name))],
    }))
    .filter(({ names }) => names.length > 0);
