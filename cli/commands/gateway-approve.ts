import { defineCommand } from '../command.ts';
import { decide, FOR_OPTION, HELD_REQUEST } from '../gateway/decide.ts';

export const command = defineCommand(
  {
    name: 'gateway approve',
    summary: 'Lets a request through, or a program have a credential, that waits for your decision',
    positionals: [HELD_REQUEST],
    options: { for: FOR_OPTION },
    examples: ['tokentray gateway approve 3f2a', 'tokentray gateway approve 3f2a --for day'],
  },
  (runtime, { positionals: { id }, options }) => decide(runtime, id, 'approve', options.for),
);
