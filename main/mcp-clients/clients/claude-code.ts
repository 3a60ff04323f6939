import { inHome, joined, text, type McpClient } from './client.ts';

/**
 * Claude Code. For the person `~/.claude.json` (in `CLAUDE_CONFIG_DIR` if that is set), which it rewrites itself all the
 * time; for a project `.mcp.json` at its root, used once the person has approved it. `headersHelper` is run by a shell on
 * each connection, and since 2.1.193 once after a 401; in a project's file only after the folder is trusted.
 * Sources: code.claude.com/docs/en/mcp; anthropics/claude-code CHANGELOG and issues 44774, 64894.
 */
export const claudeCode: McpClient = {
  id: 'claude-code',
  name: 'Claude Code',
  format: 'json',
  servers: 'mcpServers',
  userFile: (surroundings) => {
    const folder = surroundings.env['CLAUDE_CONFIG_DIR'];
    return folder ? joined(surroundings, folder, '.claude.json') : inHome(surroundings, '.claude.json');
  },
  projectFile: ['.mcp.json'],
  takesHelper: true,
  entry: ({ url, helper }) => ({ type: 'http', url, ...(helper !== null && { headersHelper: helper }) }),
  aim: (entry) => {
    const url = text(entry, 'url');
    return url === null ? null : { url, helper: text(entry, 'headersHelper') };
  },
  next: () => 'Start Claude Code again, or run /mcp in it, to connect.',
};
