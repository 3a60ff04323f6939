import { addressAim, inHome, joined, type McpClient } from './client.ts';

/**
 * Codex: `config.toml` in `CODEX_HOME` (`~/.codex`), and `.codex/config.toml` in a project that is trusted; a table
 * `mcp_servers.<name>` with `url`. Command line, app and editor extension share it.
 * Source: developers.openai.com/codex/mcp.
 */
export const codex: McpClient = {
  id: 'codex',
  name: 'Codex',
  format: 'toml',
  servers: 'mcp_servers',
  userFile: (surroundings) => {
    const folder = surroundings.env['CODEX_HOME'];
    return folder
      ? joined(surroundings, folder, 'config.toml')
      : inHome(surroundings, '.codex', 'config.toml');
  },
  projectFile: ['.codex', 'config.toml'],
  takesHelper: false,
  entry: ({ url }) => ({ url }),
  aim: addressAim('url'),
  next: (name) => `Sign in with: codex mcp login ${name}`,
};
