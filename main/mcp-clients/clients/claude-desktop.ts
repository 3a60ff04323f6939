import { appData, joined, type McpClient } from './client.ts';

/** The version whose options were read. A fixed one, because it is fetched and run at each start. */
const MCP_REMOTE = 'mcp-remote@0.15.1';

/**
 * The package of the Windows installer runs in a file system of its own: what it calls `%APPDATA%\Claude` is in the
 * package's folder (anthropics/claude-code issue 26073).
 */
const WINDOWS_PACKAGE = ['Packages', 'Claude_pzs8sxrjxfjjc', 'LocalCache', 'Roaming'];

/**
 * Claude Desktop: `claude_desktop_config.json` in its app folder, programs only, so `mcp-remote` carries the server and
 * signs in. It waits 30 s for a sign-in and cuts a silent stream after 300 s unless told otherwise.
 * Sources: modelcontextprotocol.io/docs/develop/connect-local-servers; mcp-remote 0.15.1 as published.
 */
export const claudeDesktop: McpClient = {
  id: 'claude-desktop',
  name: 'Claude Desktop',
  format: 'json',
  servers: 'mcpServers',
  userFile: (surroundings) => {
    const local = surroundings.env['LOCALAPPDATA'];
    const packaged = local === undefined ? null : joined(surroundings, local, ...WINDOWS_PACKAGE, 'Claude');
    const folder =
      surroundings.platform === 'win32' && packaged !== null && surroundings.hasFolder(packaged)
        ? packaged
        : appData(surroundings);
    if (folder === null) return null;
    return folder === packaged
      ? joined(surroundings, folder, 'claude_desktop_config.json')
      : joined(surroundings, folder, 'Claude', 'claude_desktop_config.json');
  },
  projectFile: null,
  takesHelper: false,
  entry: ({ url }) => ({
    command: 'npx',
    args: ['-y', MCP_REMOTE, url, '--auth-timeout', '300', '--body-timeout', '0'],
  }),
  aim: (entry) => {
    const args = Object.hasOwn(entry, 'args') ? entry['args'] : undefined;
    if (!Array.isArray(args) || !/^mcp-remote(@|$)/.test(String(args[1]))) return null;
    return typeof args[2] === 'string' ? { url: args[2], helper: null } : null;
  },
  next: () => 'Quit Claude Desktop completely and start it again. It needs Node (npx) on this machine.',
};
