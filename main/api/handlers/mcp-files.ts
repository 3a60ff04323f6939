import type { Handlers } from '../dispatcher.ts';
import type { Services } from '../services.ts';

type McpFilesCalls = 'mcp.plan' | 'mcp.write' | 'mcp.files' | 'mcp.remove' | 'mcp.header';

export const mcpFilesHandlers = ({ mcpClients }: Services): Pick<Handlers, McpFilesCalls> => ({
  'mcp.plan': (input) => mcpClients.plan(input),
  'mcp.write': (input) => mcpClients.write(input),
  'mcp.files': (input) => mcpClients.files(input),
  'mcp.remove': (input) => mcpClients.remove(input),
  'mcp.header': (input) => mcpClients.header(input),
});
