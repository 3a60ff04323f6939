import { defineCommand } from '../command.ts';
import { done } from '../outcome.ts';
import { showConnection } from '../present/connections.ts';

export const command = defineCommand(
  {
    name: 'rename',
    summary: 'Renames a connection',
    positionals: [
      { name: 'connection', description: 'name or ID', required: true, completes: 'connections' },
      { name: 'name', description: 'its new name', required: true },
    ],
    options: {},
    examples: ['tokentray rename "acme.atlassian.net – ana" acme'],
  },
  async (runtime, { positionals: { connection, name } }) => {
    const renamed = await runtime.app.call('connections.rename', { connection, name });
    if (!renamed.ok) return renamed;
    showConnection(runtime, renamed.value, 'Renamed:');
    return done(0);
  },
);
