import { defineCommand } from '../command.ts';
import { done } from '../outcome.ts';

export const command = defineCommand(
  {
    name: 'remote remove',
    summary: 'Removes a key for another machine or a container',
    positionals: [{ name: 'key', description: 'name or ID', required: true, completes: 'consumers' }],
    options: {},
    examples: ['tokentray remote remove build-server'],
    only: 'posix',
  },
  async ({ app, json, document, log }, { positionals: { key } }) => {
    const removed = await app.call('remote.remove', { key });
    if (!removed.ok) return removed;
    if (json) document(removed.value);
    log(
      'Removed. Whoever has the key reads nothing any longer; a token that was read before lasts until it expires.',
    );
    return done(0);
  },
);
