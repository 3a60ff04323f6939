import { addressAim, appData, joined, type McpClient } from './client.ts';

/**
 * VS Code: `mcp.json` (with comments) in the default profile, and `.vscode/mcp.json` in a project; the servers are under
 * `servers`. Other profiles keep a file of their own, which is not looked at.
 * Source: code.visualstudio.com/docs/agents/reference/mcp-configuration.
 */
export const vscode: McpClient = {
  id: 'vscode',
  name: 'VS Code',
  format: 'json',
  servers: 'servers',
  userFile: (surroundings) => {
    const folder = appData(surroundings);
    return folder === null ? null : joined(surroundings, folder, 'Code', 'User', 'mcp.json');
  },
  projectFile: ['.vscode', 'mcp.json'],
  takesHelper: false,
  entry: ({ url }) => ({ type: 'http', url }),
  aim: addressAim('url'),
  next: (name) => `In VS Code, run “MCP: List Servers” and start “${name}”.`,
};
