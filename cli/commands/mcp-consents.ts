import { defineCommand } from '../command.ts';
import { done } from '../outcome.ts';
import { showConsents } from '../present/mcp-clients.ts';

export const command = defineCommand(
  {
    name: 'mcp consents',
    summary: 'Lists MCP clients that wait for your consent',
    positionals: [],
    options: {},
    examples: ['tokentray mcp consents'],
  },
  async (runtime) => {
    const waiting = await runtime.app.call('mcp.consents', {});
    if (!waiting.ok) return waiting;
    const { consents } = waiting.value;
    if (runtime.json) runtime.document(consents);
    else if (consents.length > 0) showConsents(runtime, consents);
    else runtime.log('No MCP client is waiting.');
    return done(0);
  },
);
