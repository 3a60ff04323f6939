import { defineCommand } from '../command.ts';
import { done } from '../outcome.ts';

export const command = defineCommand(
  {
    name: 'gateway remove',
    summary: 'Removes a key; requests that are under way with it end',
    positionals: [{ name: 'key', description: 'name or ID', required: true, completes: 'consumers' }],
    options: {},
    examples: ['tokentray gateway remove my-agent'],
  },
  async ({ app, json, document, log }, { positionals: { key } }) => {
    const removed = await app.call('gateway.remove', { consumer: key });
    if (!removed.ok) return removed;
    if (json) document(removed.value);
    log('Removed. Its key works no longer.');
    return done(0);
  },
);
