import { defineCommand } from '../command.ts';
import { setPaused } from '../pausing.ts';

export const command = defineCommand(
  {
    name: 'pause',
    summary: 'Stops refreshing a connection, or all of them',
    positionals: [{ name: 'connection', description: 'name or ID', completes: 'connections' }],
    options: {},
    examples: ['tokentray pause', 'tokentray pause acme'],
  },
  (runtime, { positionals }) => setPaused(runtime, positionals.connection, true),
);
