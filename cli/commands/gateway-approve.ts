import { defineCommand } from '../command.ts';
import { decide, HELD_REQUEST } from '../gateway/decide.ts';

export const command = defineCommand(
  {
    name: 'gateway approve',
    summary: 'Lets a request through that waits for your decision',
    positionals: [HELD_REQUEST],
    options: {},
    examples: ['tokentray gateway approve 3f2a'],
  },
  (runtime, { positionals: { id } }) => decide(runtime, id, 'approve'),
);
