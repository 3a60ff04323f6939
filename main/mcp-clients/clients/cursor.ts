import { addressAim, inHome, type McpClient } from './client.ts';

/** Cursor: `mcp.json` in `.cursor`, at home and in a project; an address under `url`. Source: cursor.com/docs/mcp. */
export const cursor: McpClient = {
  id: 'cursor',
  name: 'Cursor',
  format: 'json',
  servers: 'mcpServers',
  userFile: (surroundings) => inHome(surroundings, '.cursor', 'mcp.json'),
  projectFile: ['.cursor', 'mcp.json'],
  takesHelper: false,
  entry: ({ url }) => ({ url }),
  aim: addressAim('url'),
  next: (name) => `Restart Cursor, then connect “${name}” in its settings under MCP.`,
};
