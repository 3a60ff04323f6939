import { defineCommand } from '../command.ts';
import { setPaused } from '../pausing.ts';

export const command = defineCommand(
  {
    name: 'resume',
    summary: 'Resumes refreshing a connection, or all of them',
    positionals: [{ name: 'connection', description: 'name or ID', completes: 'connections' }],
    options: {},
    examples: ['tokentray resume', 'tokentray resume acme'],
  },
  (runtime, { positionals }) => setPaused(runtime, positionals.connection, false),
);
