import { HOOK_EVENTS, HOOK_SECONDS } from '../../contract/vocabulary.ts';
import { defineCommand } from '../command.ts';
import { done, failed } from '../outcome.ts';
import { givenPath } from '../paths.ts';
import { showHooks } from '../present/hooks.ts';

export const command = defineCommand(
  {
    name: 'hooks add',
    summary: 'Runs a program of yours after each event of a kind',
    details: `The program gets one line of JSON on its standard input: event, time, connection, export, and with --with-token the access_token. It is run without a shell, in your home folder and with your environment; a shell's features need "sh -c". It runs once at a time; of what happens meanwhile to a connection, it gets the newest. If it has not ended in time, it is stopped, with all that it started. A program that every user of this machine can change is not run.\nEvents:\n  token-new            a connection was made or reconnected\n  token-refreshed      a token was refreshed\n  connection-gone      a connection needs to be reconnected, or was removed\n  connection-switched  another connection of a provider is active\n  export-written       an env file has new content`,
    positionals: [{ name: 'event', description: 'what it follows', required: true, choices: HOOK_EVENTS }],
    options: {
      connection: {
        type: 'text',
        value: 'CONNECTION',
        description: 'Follow this connection alone (default: all)',
        completes: 'connections',
      },
      'with-token': {
        type: 'flag',
        description: 'Give it the access token, on its standard input; never as an argument or a variable',
      },
      timeout: {
        type: 'number',
        value: 'SECONDS',
        description: `Stop it after so long (default: ${HOOK_SECONDS.default})`,
        min: HOOK_SECONDS.min,
        max: HOOK_SECONDS.max,
      },
    },
    rest: 'program',
    examples: [
      'tokentray hooks add connection-gone -- notify-send "Tokentray" "A connection needs you"',
      'tokentray hooks add token-refreshed --connection acme --with-token -- ./update-secret',
      `tokentray hooks add export-written -- sh -c 'systemctl --user restart my-server'`,
    ],
  },
  async (runtime, { positionals: { event }, options, rest }) => {
    const [given, ...args] = rest;
    if (given === undefined || given === '')
      return failed('usage', 'Name the program to run.', 'Put it after "--", with its arguments.');
    // The app runs it elsewhere: only a name alone is looked for in the PATH.
    const program = /[/\\]/.test(given) ? givenPath(runtime.context, given) : done(given);
    if (!program.ok) return program;
    const { connection, timeout } = options;
    const added = await runtime.app.call('hooks.add', {
      event,
      program: program.value,
      args,
      withToken: options['with-token'] ?? false,
      ...(connection !== undefined && { connection }),
      ...(timeout !== undefined && { timeoutSeconds: timeout }),
    });
    if (!added.ok) return added;
    if (runtime.json) runtime.document(added.value);
    else showHooks(runtime, [added.value]);
    runtime.log(`Try it: tokentray hooks test ${added.value.id}`);
    return done(0);
  },
);
