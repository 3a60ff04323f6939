import { defineCommand } from '../command.ts';
import { done } from '../outcome.ts';

export const command = defineCommand(
  {
    name: 'git-credential',
    summary: 'Answers git, which runs it where “git install” wrote it',
    details:
      'Reads what git asks from standard input and prints a user name and a token, refreshed first if it is about to expire. Prints nothing for a host that no connection opens, so that git asks its other helpers. Where one is meant and cannot be used, it says why and git stops. For “erase”, it finds out why git was refused.',
    positionals: [
      {
        name: 'operation',
        description: 'get, store or erase; others are left alone',
        required: true,
      },
    ],
    options: {
      connection: {
        type: 'text',
        value: 'NAME',
        description: 'Only this connection, name or ID',
        completes: 'connections',
      },
    },
    examples: ['printf "protocol=https\\nhost=bitbucket.org\\n\\n" | tokentray git-credential get'],
  },
  async ({ app, context }, { positionals: { operation }, options: { connection } }) => {
    // What git was given is kept here already; what is new to us is for other helpers.
    if (operation !== 'get' && operation !== 'erase') return done(0);
    const answer = await app.call('git.credential', {
      operation,
      attributes: await context.stdin.readAll(),
      connection,
      ...(context.cwd !== null && { folder: context.cwd }),
    });
    if (!answer.ok) return answer;
    const { attributes, failure } = answer.value;
    if (attributes !== '') context.stdout.write(attributes);
    return failure === null ? done(0) : { ok: false, error: failure };
  },
);
