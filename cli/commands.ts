import type { Command } from './command.ts';
import { command as get } from './commands/get.ts';

type Load = () => Promise<{ readonly command: Command }>;

/** Every command by name, loaded only when needed, except `get`, which must be fast. */
export const COMMANDS: Readonly<Record<string, Load>> = {
  get: () => Promise.resolve({ command: get }),
  env: () => import('./commands/env.ts'),
  run: () => import('./commands/run.ts'),
  open: () => import('./commands/open.ts'),
  serve: () => import('./commands/serve.ts'),
  stop: () => import('./commands/stop.ts'),
  status: () => import('./commands/status.ts'),
  doctor: () => import('./commands/doctor.ts'),
  connect: () => import('./commands/connect.ts'),
  list: () => import('./commands/list.ts'),
  use: () => import('./commands/use.ts'),
  test: () => import('./commands/test.ts'),
  refresh: () => import('./commands/refresh.ts'),
  pause: () => import('./commands/pause.ts'),
  resume: () => import('./commands/resume.ts'),
  rename: () => import('./commands/rename.ts'),
  reconnect: () => import('./commands/reconnect.ts'),
  remove: () => import('./commands/remove.ts'),
  'export add': () => import('./commands/export-add.ts'),
  'export list': () => import('./commands/export-list.ts'),
  'export write': () => import('./commands/export-write.ts'),
  'export remove': () => import('./commands/export-remove.ts'),
  'gateway list': () => import('./commands/gateway-list.ts'),
  'gateway add': () => import('./commands/gateway-add.ts'),
  'gateway change': () => import('./commands/gateway-change.ts'),
  'gateway remove': () => import('./commands/gateway-remove.ts'),
  'gateway rules': () => import('./commands/gateway-rules.ts'),
  'gateway operations': () => import('./commands/gateway-operations.ts'),
  'gateway requests': () => import('./commands/gateway-requests.ts'),
  'gateway usage': () => import('./commands/gateway-usage.ts'),
  'gateway held': () => import('./commands/gateway-held.ts'),
  'gateway approve': () => import('./commands/gateway-approve.ts'),
  'gateway deny': () => import('./commands/gateway-deny.ts'),
  'gateway port': () => import('./commands/gateway-port.ts'),
  'presets list': () => import('./commands/presets-list.ts'),
  'presets check': () => import('./commands/presets-check.ts'),
  'presets add': () => import('./commands/presets-add.ts'),
  'providers list': () => import('./commands/providers-list.ts'),
  'providers check': () => import('./commands/providers-check.ts'),
  'providers add': () => import('./commands/providers-add.ts'),
  'clients list': () => import('./commands/clients-list.ts'),
  'clients add': () => import('./commands/clients-add.ts'),
  'clients remove': () => import('./commands/clients-remove.ts'),
  network: () => import('./commands/network.ts'),
  backup: () => import('./commands/backup.ts'),
  restore: () => import('./commands/restore.ts'),
  'key rotate': () => import('./commands/key-rotate.ts'),
  import: () => import('./commands/import.ts'),
  'mcp add': () => import('./commands/mcp-add.ts'),
  'mcp list': () => import('./commands/mcp-list.ts'),
  'mcp remove': () => import('./commands/mcp-remove.ts'),
  'mcp status': () => import('./commands/mcp-status.ts'),
  'mcp sign-in': () => import('./commands/mcp-sign-in.ts'),
  'mcp consents': () => import('./commands/mcp-consents.ts'),
  'mcp allow': () => import('./commands/mcp-allow.ts'),
  'mcp deny': () => import('./commands/mcp-deny.ts'),
  'mcp header': () => import('./commands/mcp-header.ts'),
  log: () => import('./commands/log.ts'),
  completion: () => import('./commands/completion.ts'),
};

/** Names with a space belong to a group; the group alone means its list, if it has one. */
export const GROUPS: readonly string[] = [
  'gateway',
  'export',
  'presets',
  'providers',
  'clients',
  'key',
  'mcp',
];

/** The first words of all commands, each once. */
export const firstWords = (): string[] => [
  ...new Set(Object.keys(COMMANDS).map((name) => name.split(' ')[0] ?? name)),
];

/** The second words of a group. */
export const groupWords = (group: string): string[] =>
  Object.keys(COMMANDS)
    .filter((name) => name.startsWith(`${group} `))
    .map((name) => name.slice(group.length + 1));
