import { defineCommand } from '../command.ts';
import { done } from '../outcome.ts';

export const command = defineCommand(
  {
    name: 'mcp serve',
    summary: 'An MCP server for agents: connections, never a secret',
    details:
      'Speaks MCP on standard input and output, until the client closes them. An agent sees the names, states and addresses of connections and can start sign-ins; it gets no credential. For requests to Jira and Confluence themselves see "mcp add".',
    positionals: [],
    options: {},
    examples: ['claude mcp add tokentray -- tokentray mcp serve'],
  },
  async (runtime) => {
    const { serveMcp } = await import('../mcp-server/serve.ts');
    await serveMcp(runtime);
    return done(0);
  },
);
