import { expect, it } from 'vitest';
import type { McpClientId } from '../../../contract/mcp-files.ts';
import { MCP_CLIENTS } from '../../../contract/vocabulary.ts';
import { CLIENTS } from '../../../main/mcp-clients/clients/all-clients.ts';
import type { Surroundings } from '../../../main/mcp-clients/clients/client.ts';

const at = (change: Partial<Surroundings>): Surroundings => ({
  platform: 'linux',
  env: {},
  home: '/home/ana',
  hasFolder: () => false,
  ...change,
});
const LINUX = at({});
const MAC = at({ platform: 'darwin', home: '/Users/ana' });
const WINDOWS = at({
  platform: 'win32',
  home: 'C:\\Users\\ana',
  env: { APPDATA: 'C:\\Users\\ana\\AppData\\Roaming', LOCALAPPDATA: 'C:\\Users\\ana\\AppData\\Local' },
});
const PACKAGED = { ...WINDOWS, hasFolder: (folder: string) => folder.includes('Claude_pzs8sxrjxfjjc') };

it.each<[McpClientId, Surroundings, string]>([
  ['claude-code', LINUX, '/home/ana/.claude.json'],
  ['claude-code', at({ env: { CLAUDE_CONFIG_DIR: '/etc/c' } }), '/etc/c/.claude.json'],
  ['claude-code', WINDOWS, 'C:\\Users\\ana\\.claude.json'],
  ['claude-desktop', LINUX, '/home/ana/.config/Claude/claude_desktop_config.json'],
  ['claude-desktop', at({ env: { XDG_CONFIG_HOME: '/x' } }), '/x/Claude/claude_desktop_config.json'],
  ['claude-desktop', MAC, '/Users/ana/Library/Application Support/Claude/claude_desktop_config.json'],
  ['claude-desktop', WINDOWS, 'C:\\Users\\ana\\AppData\\Roaming\\Claude\\claude_desktop_config.json'],
  [
    'claude-desktop',
    PACKAGED,
    'C:\\Users\\ana\\AppData\\Local\\Packages\\Claude_pzs8sxrjxfjjc\\LocalCache\\Roaming\\Claude\\claude_desktop_config.json',
  ],
  ['cursor', LINUX, '/home/ana/.cursor/mcp.json'],
  ['cursor', WINDOWS, 'C:\\Users\\ana\\.cursor\\mcp.json'],
  ['vscode', LINUX, '/home/ana/.config/Code/User/mcp.json'],
  ['vscode', MAC, '/Users/ana/Library/Application Support/Code/User/mcp.json'],
  ['vscode', WINDOWS, 'C:\\Users\\ana\\AppData\\Roaming\\Code\\User\\mcp.json'],
  ['windsurf', LINUX, '/home/ana/.codeium/windsurf/mcp_config.json'],
  ['codex', LINUX, '/home/ana/.codex/config.toml'],
  ['codex', at({ env: { CODEX_HOME: '/srv/codex' } }), '/srv/codex/config.toml'],
])('the person’s file of %s', (id, surroundings, file) => {
  expect(CLIENTS[id].userFile(surroundings)).toBe(file);
});

it.each(MCP_CLIENTS.filter((id) => id !== 'claude-code'))('%s has no file without a home', (id) => {
  expect(CLIENTS[id].userFile(at({ home: '' }))).toBeNull();
});

it.each<[McpClientId, string | null]>([
  ['claude-code', '.mcp.json'],
  ['claude-desktop', null],
  ['cursor', '.cursor/mcp.json'],
  ['vscode', '.vscode/mcp.json'],
  ['windsurf', null],
  ['codex', '.codex/config.toml'],
])('a project’s file of %s', (id, file) => {
  expect(CLIENTS[id].projectFile?.join('/') ?? null).toBe(file);
});

const url = 'http://127.0.0.1:7981/c/rovo';
it.each<[McpClientId, string, object]>([
  ['claude-code', 'mcpServers', { type: 'http', url }],
  [
    'claude-desktop',
    'mcpServers',
    {
      command: 'npx',
      args: ['-y', 'mcp-remote@0.15.1', url, '--auth-timeout', '300', '--body-timeout', '0'],
    },
  ],
  ['cursor', 'mcpServers', { url }],
  ['vscode', 'servers', { type: 'http', url }],
  ['windsurf', 'mcpServers', { serverUrl: url }],
  ['codex', 'mcp_servers', { url }],
])('an entry of %s', (id, servers, entry) => {
  const client = CLIENTS[id];
  expect(client.servers).toBe(servers);
  expect(client.entry({ url, helper: null })).toEqual(entry);
  expect(client.aim(client.entry({ url, helper: null }))).toEqual({ url, helper: null });
});

it('Claude Code asks a helper for headers', () => {
  const { entry, aim } = CLIENTS['claude-code'];
  const written = entry({ url, helper: 'tokentray mcp header c' });
  expect(written).toEqual({ type: 'http', url, headersHelper: 'tokentray mcp header c' });
  expect(aim(written)).toEqual({ url, helper: 'tokentray mcp header c' });
});

it.each(MCP_CLIENTS)('%s reads nothing into what others wrote', (id) => {
  for (const odd of [
    {},
    { url: 1 },
    { command: 'npx', args: ['-y', 'other', url] },
    { args: 'x' },
    { args: [] },
  ])
    expect(CLIENTS[id].aim(odd)).toBeNull();
});
