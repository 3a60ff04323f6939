import { defineCommand } from '../command.ts';
import { done } from '../outcome.ts';
import { plain } from '../present/plain.ts';

export const command = defineCommand(
  {
    name: 'hooks test',
    summary: 'Runs a hook now, and shows how it ended',
    details:
      'The program gets an event of its kind with "test": true, for one of your connections; with the token, if it was added so. Exit code 1: it failed.',
    positionals: [{ name: 'hook', description: 'ID, or program', required: true, completes: 'hooks' }],
    options: {},
    examples: ['tokentray hooks test k3x9a2mq'],
  },
  async (runtime, { positionals: { hook } }) => {
    const tested = await runtime.app.call('hooks.test', { hook });
    if (!tested.ok) return tested;
    const { run } = tested.value;
    if (runtime.json) runtime.document(run);
    else runtime.print(`${run.ok ? runtime.out.good('●') : runtime.out.bad('▲')} ${plain(run.message)}`);
    return done(run.ok ? 0 : 1);
  },
);
