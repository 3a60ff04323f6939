import { defineCommand } from '../command.ts';
import { done } from '../outcome.ts';
import { showConnection } from '../present/connections.ts';

export const command = defineCommand(
  {
    name: 'refresh',
    summary: 'Refreshes an access token now',
    details:
      'Uses the active connection if you name none. Rarely needed: the app refreshes tokens automatically.',
    positionals: [{ name: 'connection', description: 'name or ID', completes: 'connections' }],
    options: {},
    examples: ['tokentray refresh acme'],
  },
  async (runtime, { positionals }) => {
    const refreshed = await runtime.app.call('connections.refresh', { connection: positionals.connection });
    if (!refreshed.ok) return refreshed;
    showConnection(runtime, refreshed.value, 'Refreshed:');
    return done(0);
  },
);
