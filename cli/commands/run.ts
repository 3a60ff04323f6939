import { constants } from 'node:os';
import { PRESET_NAMES } from '../../contract/vocabulary.ts';
import { defineCommand } from '../command.ts';
import { done, failed } from '../outcome.ts';
import { jsonLine } from '../present/json-line.ts';
import { plain } from '../present/plain.ts';

/** Long enough for most commands; a token that cannot last that long is used anyway. */
const MIN_TTL_SECONDS = 300;
/** The exit codes that shells use for a missing command, and for one that cannot be run. */
const NOT_FOUND = 127;
const NOT_EXECUTABLE = 126;

export const command = defineCommand(
  {
    name: 'run',
    summary: 'Runs a command with the variables of a connection',
    details:
      'The command inherits standard input, output and error, and receives every signal. Tokentray then exits the way the command did: with its exit code, or by the signal that ended it. Exit code 127: the command was not found; 126: it cannot be run.',
    positionals: [{ name: 'connection', description: 'name or ID', completes: 'connections' }],
    options: {
      preset: {
        type: 'text',
        value: 'PRESET',
        description: 'Tool that the variables are for',
        choices: PRESET_NAMES,
      },
      gateway: { type: 'flag', description: 'Keep the token inside the app', hidden: true },
    },
    rest: 'command',
    examples: ['tokentray run -- npm test', 'tokentray run acme --preset mcp-atlassian -- uvx mcp-atlassian'],
  },
  async ({ app, context, json }, { positionals, options, rest }) => {
    if (options.gateway) {
      return failed(
        'unsupported',
        '--gateway is not available yet.',
        'Leave it out: the command then receives the token itself.',
      );
    }
    const env = await app.call('credentials.env', {
      connection: positionals.connection,
      preset: options.preset,
      minTtlSeconds: MIN_TTL_SECONDS,
    });
    if (!env.ok) return env;
    const [program = '', ...args] = rest;
    const end = await context.runChild({
      command: program,
      args,
      env: {
        ...context.paths.env,
        ...Object.fromEntries(env.value.variables.map(({ name, value }) => [name, value])),
      },
    });
    switch (end.kind) {
      case 'exited':
        return done(end.code);
      case 'killed':
        context.endBySignal(end.signal);
        return done(128 + constants.signals[end.signal]);
      case 'not-started': {
        const missing = end.code === 'ENOENT';
        const message = `${missing ? 'Command not found' : 'Cannot run'}: ${plain(program)} (${end.code})`;
        if (json) context.stdout.write(jsonLine({ error: { code: 'failed', message } }) + '\n');
        else context.stderr.write(`tokentray: ${message}\n`);
        return done(missing ? NOT_FOUND : NOT_EXECUTABLE);
      }
    }
  },
);
