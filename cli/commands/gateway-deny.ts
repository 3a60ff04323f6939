import { defineCommand } from '../command.ts';
import { decide } from '../gateway/decide.ts';
import { done } from '../outcome.ts';

export const command = defineCommand(
  {
    name: 'gateway deny',
    summary: 'Refuses a request that waits for your decision',
    positionals: [
      {
        name: 'id',
        description: 'as "gateway held" lists it, or its beginning',
        required: true,
        completes: 'held',
      },
    ],
    options: {},
    examples: ['tokentray gateway deny 3f2a'],
  },
  async (runtime, { positionals: { id } }) => {
    const decided = await decide(runtime, id, 'deny');
    return decided.ok ? done(0) : decided;
  },
);
