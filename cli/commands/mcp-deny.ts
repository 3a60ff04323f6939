import { defineCommand } from '../command.ts';
import { done } from '../outcome.ts';

export const command = defineCommand(
  {
    name: 'mcp deny',
    summary: 'Refuses an MCP client that waits for your consent',
    positionals: [
      { name: 'id', description: 'as "mcp consents" lists it', required: true, completes: 'consents' },
    ],
    options: {},
    examples: ['tokentray mcp deny 3f2a'],
  },
  async ({ app, json, document, log }, { positionals: { id } }) => {
    const decided = await app.call('mcp.consent', { id, decision: 'deny' });
    if (!decided.ok) return decided;
    if (json) document(decided.value);
    log('Refused.');
    return done(0);
  },
);
