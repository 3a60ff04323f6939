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
  undo: () => import('./commands/undo.ts'),
  'export add': () => import('./commands/export-add.ts'),
  'export list': () => import('./commands/export-list.ts'),
  'export check': () => import('./commands/export-check.ts'),
  'export write': () => import('./commands/export-write.ts'),
  'export remove': () => import('./commands/export-remove.ts'),
  'hooks list': () => import('./commands/hooks-list.ts'),
  'hooks add': () => import('./commands/hooks-add.ts'),
  'hooks remove': () => import('./commands/hooks-remove.ts'),
  'hooks pause': () => import('./commands/hooks-pause.ts'),
  'hooks resume': () => import('./commands/hooks-resume.ts'),
  'hooks test': () => import('./commands/hooks-test.ts'),
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
  'remote list': () => import('./commands/remote-list.ts'),
  'remote add': () => import('./commands/remote-add.ts'),
  'remote remove': () => import('./commands/remote-remove.ts'),
  'grants list': () => import('./commands/grants-list.ts'),
  'grants require': () => import('./commands/grants-require.ts'),
  'grants revoke': () => import('./commands/grants-revoke.ts'),
  'presets list': () => import('./commands/presets-list.ts'),
  'presets check': () => import('./commands/presets-check.ts'),
  'presets add': () => import('./commands/presets-add.ts'),
  'providers list': () => import('./commands/providers-list.ts'),
  'providers check': () => import('./commands/providers-check.ts'),
  'providers add': () => import('./commands/providers-add.ts'),
  'clients list': () => import('./commands/clients-list.ts'),
  'clients add': () => import('./commands/clients-add.ts'),
  'clients remove': () => import('./commands/clients-remove.ts'),
  lock: () => import('./commands/lock.ts'),
  unlock: () => import('./commands/unlock.ts'),
  network: () => import('./commands/network.ts'),
  backup: () => import('./commands/backup.ts'),
  restore: () => import('./commands/restore.ts'),
  'key rotate': () => import('./commands/key-rotate.ts'),
  import: () => import('./commands/import.ts'),
  'mcp add': () => import('./commands/mcp-add.ts'),
  'mcp list': () => import('./commands/mcp-list.ts'),
  'mcp remove': () => import('./commands/mcp-remove.ts'),
  'mcp serve': () => import('./commands/mcp-serve.ts'),
  'mcp status': () => import('./commands/mcp-status.ts'),
  'mcp sign-in': () => import('./commands/mcp-sign-in.ts'),
  'mcp consents': () => import('./commands/mcp-consents.ts'),
  'mcp allow': () => import('./commands/mcp-allow.ts'),
  'mcp deny': () => import('./commands/mcp-deny.ts'),
  'mcp header': () => import('./commands/mcp-header.ts'),
  'git install': () => import('./commands/git-install.ts'),
  'git list': () => import('./commands/git-list.ts'),
  'git uninstall': () => import('./commands/git-uninstall.ts'),
  'git-credential': () => import('./commands/git-credential.ts'),
  log: () => import('./commands/log.ts'),
  completion: () => import('./commands/completion.ts'),
};

/** Names with a space belong to a group; the group alone means its list, if it has one. */
export const GROUPS: readonly string[] = [
  'gateway',
  'grants',
  'export',
  'presets',
  'hooks',
  'providers',
  'clients',
  'key',
  'mcp',
  'git',
  'remote',
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
