import { defineCommand } from '../command.ts';
import { done } from '../outcome.ts';

export const command = defineCommand(
  {
    name: 'gateway approve',
    summary: 'Lets a request through that waits for your decision',
    positionals: [
      { name: 'id', description: 'as "gateway held" lists it', required: true, completes: 'held' },
    ],
    options: {},
    examples: ['tokentray gateway approve 3f2a'],
  },
  async ({ app, json, document, log }, { positionals: { id } }) => {
    const decided = await app.call('gateway.decide', { request: id, decision: 'approve' });
    if (!decided.ok) return decided;
    if (json) document(decided.value);
    log('Sent.');
    return done(0);
  },
);
