import { defineCommand } from '../command.ts';
import { done } from '../outcome.ts';
import { connectionRow, showConnection } from '../present/connections.ts';

export const command = defineCommand(
  {
    name: 'undo',
    summary: 'Takes back the last removal of a connection, or the last use',
    details:
      'Within 30 seconds, wherever it was done: here or in the window. Again, it takes back the one before. A removed connection comes back as it was, with its env files, keys and rules; if another has its name by now, it gets a number. A removal with --revoke cannot be taken back.',
    positionals: [],
    options: {},
    examples: ['tokentray undo'],
  },
  async (runtime) => {
    const undone = await runtime.app.call('connections.undo', {});
    if (!undone.ok) return undone;
    const { kind, connections } = undone.value;
    if (runtime.json) runtime.document({ kind, connections: connections.map(connectionRow) });
    else
      for (const connection of connections)
        showConnection(runtime, connection, kind === 'remove' ? 'Back again:' : 'Active again:');
    return done(0);
  },
);
