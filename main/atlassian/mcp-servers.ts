import type { ApiAddress } from '../credentials/addresses.ts';
import type { ConnectionRecord } from '../store/records.ts';

/** The MCP servers that connections to Atlassian reach. `api`: what rules and traffic call them. */
export const ATLASSIAN_MCP_SERVERS = [
  {
    id: 'rovo',
    name: 'Atlassian’s Rovo MCP server',
    api: 'mcp',
    reaches: (_connection: ConnectionRecord, apis: readonly ApiAddress[]): boolean =>
      apis.some(({ id }) => id === 'mcp'),
  },
  {
    id: 'mcp-atlassian',
    name: 'mcp-atlassian',
    api: 'mcp-atlassian',
    reaches: (_connection: ConnectionRecord, apis: readonly ApiAddress[]): boolean =>
      apis.some(({ id }) => id === 'jira' || id === 'confluence'),
  },
] as const;
