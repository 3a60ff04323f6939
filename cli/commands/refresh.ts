import { defineCommand } from '../command.ts';
import { meantConnection } from '../meant-connection.ts';
import { done } from '../outcome.ts';
import { showConnection } from '../present/connections.ts';

export const command = defineCommand(
  {
    name: 'refresh',
    summary: 'Refreshes an access token now',
    details:
      'Without a connection, uses the one that the current folder is bound to (tokentray use NAME --here), or else the active one. Rarely needed: the app refreshes tokens automatically.',
    positionals: [{ name: 'connection', description: 'name or ID', completes: 'connections' }],
    options: {},
    examples: ['tokentray refresh acme'],
  },
  async (runtime, { positionals }) => {
    const refreshed = await runtime.app.call(
      'connections.refresh',
      meantConnection(runtime.context, positionals.connection),
    );
    if (!refreshed.ok) return refreshed;
    showConnection(runtime, refreshed.value, 'Refreshed:');
    return done(0);
  },
);
