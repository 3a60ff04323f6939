import { defineCommand } from '../command.ts';
import { decide } from '../gateway/decide.ts';
import { done } from '../outcome.ts';

export const command = defineCommand(
  {
    name: 'gateway approve',
    summary: 'Lets a request through that waits for your decision',
    positionals: [
      {
        name: 'id',
        description: 'as "gateway held" lists it, or its beginning',
        required: true,
        completes: 'held',
      },
    ],
    options: {},
    examples: ['tokentray gateway approve 3f2a'],
  },
  async (runtime, { positionals: { id } }) => {
    const decided = await decide(runtime, id, 'approve');
    return decided.ok ? done(0) : decided;
  },
);
