import { defineCommand } from '../command.ts';
import { done } from '../outcome.ts';
import { showHooks } from '../present/hooks.ts';

export const command = defineCommand(
  {
    name: 'hooks resume',
    summary: 'Runs a hook again that is paused, or came from a backup',
    positionals: [{ name: 'hook', description: 'ID, or program', required: true, completes: 'hooks' }],
    options: {},
    examples: ['tokentray hooks resume k3x9a2mq'],
  },
  async (runtime, { positionals: { hook } }) => {
    const changed = await runtime.app.call('hooks.resume', { hook });
    if (!changed.ok) return changed;
    if (runtime.json) runtime.document(changed.value);
    else showHooks(runtime, [changed.value]);
    return done(0);
  },
);
