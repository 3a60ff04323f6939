import { defineCommand } from '../command.ts';
import { decide, FOR_OPTION, HELD_REQUEST } from '../gateway/decide.ts';

export const command = defineCommand(
  {
    name: 'gateway deny',
    summary: 'Refuses what waits for your decision',
    details: 'That is a request, or a program that asks for a credential (see: tokentray gateway held).',
    positionals: [HELD_REQUEST],
    options: { for: FOR_OPTION },
    examples: ['tokentray gateway deny 3f2a', 'tokentray gateway deny 3f2a --for always'],
  },
  (runtime, { positionals: { id }, options }) => decide(runtime, id, 'deny', options.for),
);
