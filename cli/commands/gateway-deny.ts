import { defineCommand } from '../command.ts';
import { decide, HELD_REQUEST } from '../gateway/decide.ts';

export const command = defineCommand(
  {
    name: 'gateway deny',
    summary: 'Refuses a request that waits for your decision',
    positionals: [HELD_REQUEST],
    options: {},
    examples: ['tokentray gateway deny 3f2a'],
  },
  (runtime, { positionals: { id } }) => decide(runtime, id, 'deny'),
);
