import { defineCommand } from '../command.ts';
import { done } from '../outcome.ts';

export const command = defineCommand(
  {
    name: 'clients remove',
    summary: 'Forgets an OAuth client that no connection uses',
    positionals: [
      { name: 'client', description: 'its name, client id or id', required: true, completes: 'clients' },
    ],
    options: {},
    examples: ['tokentray clients remove my-app'],
  },
  async ({ app, json, document, say }, { positionals: { client } }) => {
    const removed = await app.call('clients.remove', { client });
    if (!removed.ok) return removed;
    if (json) document(removed.value);
    say('Removed.');
    return done(0);
  },
);
