import { addressAim, inHome, type McpClient } from './client.ts';

/**
 * Windsurf: one file for the person; an address is under `serverUrl` (`url` does not connect).
 * Source: docs.windsurf.com/windsurf/cascade/mcp.
 */
export const windsurf: McpClient = {
  id: 'windsurf',
  name: 'Windsurf',
  format: 'json',
  servers: 'mcpServers',
  userFile: (surroundings) => inHome(surroundings, '.codeium', 'windsurf', 'mcp_config.json'),
  projectFile: null,
  takesHelper: false,
  entry: ({ url }) => ({ serverUrl: url }),
  aim: addressAim('serverUrl'),
  next: () => 'In Windsurf, press the refresh button of the MCP servers.',
};
