import type { ConnectionView } from '../../../contract/connection.ts';
import type { CommandUse } from '../../../contract/example.ts';
import { argumentOf } from './command.ts';

/** Programs that keep MCP servers in a file that people edit, and where. */
export const MCP_FILES = [
  { id: 'claude-desktop', name: 'Claude Desktop', file: 'claude_desktop_config.json' },
  { id: 'cursor', name: 'Cursor', file: '~/.cursor/mcp.json' },
  { id: 'vscode', name: 'VS Code', file: '.vscode/mcp.json' },
  { id: 'claude-code', name: 'Claude Code', file: '.mcp.json' },
] as const;
export type McpFile = (typeof MCP_FILES)[number]['id'];

interface McpBlock {
  client: McpFile;
  connection: Pick<ConnectionView, 'id' | 'name'>;
  command: CommandUse;
  /** Where MCP clients reach Tokentray; null while they may not sign in. */
  door: string | null;
}

/**
 * The entry for a client's file: the address at which Tokentray itself is the server, where it is one and the client takes
 * addresses; else mcp-atlassian, started with what it needs. No secret in either. Pure.
 */
export function mcpBlock({ client, connection, command, door }: McpBlock): string {
  const address =
    door === null || client === 'claude-desktop'
      ? null
      : `${door.replace(/\/+$/, '')}/${encodeURIComponent(connection.name)}/mcp-atlassian`;
  const entry = address === null ? started(command, connection) : { url: address };
  const type =
    client === 'vscode' || client === 'claude-code' ? { type: address === null ? 'stdio' : 'http' } : {};
  const servers = { [entryName(connection.name)]: { ...type, ...entry } };
  return `${laidOut(client === 'vscode' ? { servers } : { mcpServers: servers })}\n`;
}

/** As people write such files: lists on one line. */
function laidOut(value: unknown): string {
  const lists: string[] = [];
  const text = JSON.stringify(
    value,
    (_, part: unknown) => {
      if (!Array.isArray(part)) return part;
      lists.push(`[${part.map((item) => JSON.stringify(item)).join(', ')}]`);
      return null;
    },
    2,
  );
  return text.replaceAll(/: null(?=,?$)/gm, () => `: ${lists.shift() ?? 'null'}`);
}

function started(
  { program, sandbox }: CommandUse,
  connection: McpBlock['connection'],
): { command: string; args: string[] } {
  const [command = 'tokentray', ...first] = program;
  const server = ['--preset', 'mcp-atlassian', '--', 'uvx', 'mcp-atlassian'];
  return {
    command,
    args: [...first, 'run', ...(sandbox ? ['--sandbox'] : []), argumentOf(connection), ...server],
  };
}

/** Clients make identifiers of it. */
function entryName(name: string): string {
  const slug = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 24);
  return slug === '' ? 'atlassian' : `atlassian-${slug.replace(/-+$/, '')}`;
}
