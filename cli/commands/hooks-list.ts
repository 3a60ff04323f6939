import { defineCommand } from '../command.ts';
import { done } from '../outcome.ts';
import { showHooks } from '../present/hooks.ts';

export const command = defineCommand(
  {
    name: 'hooks list',
    summary: 'Lists the programs that are run after events',
    positionals: [],
    options: {},
    examples: ['tokentray hooks list', 'tokentray hooks list --json'],
  },
  async (runtime) => {
    const listed = await runtime.app.call('hooks.list', {});
    if (!listed.ok) return listed;
    const { hooks } = listed.value;
    if (runtime.json) runtime.document(hooks);
    else if (hooks.length > 0) showHooks(runtime, hooks);
    else runtime.log('There are no hooks. Add one: tokentray hooks add token-refreshed -- PROGRAM');
    return done(0);
  },
);
