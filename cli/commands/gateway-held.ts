import { defineCommand } from '../command.ts';
import { done } from '../outcome.ts';
import { showHeld } from '../present/gateway.ts';

export const command = defineCommand(
  {
    name: 'gateway held',
    summary: 'Lists requests and programs that wait for your decision',
    positionals: [],
    options: {},
    examples: ['tokentray gateway held'],
  },
  async (runtime) => {
    const view = await runtime.app.call('gateway.view', {});
    if (!view.ok) return view;
    const { held } = view.value;
    if (runtime.json) runtime.document(held);
    else if (held.length > 0) showHeld(runtime, held);
    else runtime.log('No request is waiting.');
    return done(0);
  },
);
