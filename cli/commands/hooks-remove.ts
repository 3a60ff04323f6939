import { defineCommand } from '../command.ts';
import { done } from '../outcome.ts';

export const command = defineCommand(
  {
    name: 'hooks remove',
    summary: 'Removes a hook; its program ends if it is running',
    positionals: [{ name: 'hook', description: 'ID, or program', required: true, completes: 'hooks' }],
    options: {},
    examples: ['tokentray hooks remove k3x9a2mq'],
  },
  async ({ app, json, document, log }, { positionals: { hook } }) => {
    const removed = await app.call('hooks.remove', { hook });
    if (!removed.ok) return removed;
    if (json) document(removed.value);
    log('Removed.');
    return done(0);
  },
);
