import { defineCommand } from '../command.ts';
import { done } from '../outcome.ts';

export const command = defineCommand(
  {
    name: 'clients remove',
    summary: 'Removes an OAuth client that no connection uses',
    positionals: [
      {
        name: 'client',
        description: 'name, client ID or Tokentray ID',
        required: true,
        completes: 'clients',
      },
    ],
    options: {},
    examples: ['tokentray clients remove my-app'],
  },
  async ({ app, json, document, log }, { positionals: { client } }) => {
    const removed = await app.call('clients.remove', { client });
    if (!removed.ok) return removed;
    if (json) document(removed.value);
    log('Removed.');
    return done(0);
  },
);
