import { ENV_FORMATS } from '../../contract/vocabulary.ts';
import { defineCommand } from '../command.ts';
import { PRESET_OPTION, MIN_TTL_OPTION } from '../options.ts';
import { done } from '../outcome.ts';

export const command = defineCommand(
  {
    name: 'env',
    summary: 'Prints the variables of a connection',
    details: 'Uses the active connection if you name none.',
    positionals: [{ name: 'connection', description: 'name or ID', completes: 'connections' }],
    options: {
      preset: PRESET_OPTION,
      format: { type: 'text', value: 'FORMAT', description: 'Output format', choices: ENV_FORMATS },
      'min-ttl': MIN_TTL_OPTION,
    },
    examples: [
      'tokentray env',
      'eval "$(tokentray env --format bash)"',
      'tokentray env acme --preset jira-cli',
    ],
  },
  async ({ app, json, context, document }, { positionals, options }) => {
    const env = await app.call('credentials.env', {
      connection: positionals.connection,
      preset: options.preset,
      format: options.format,
      minTtlSeconds: options['min-ttl'],
    });
    if (!env.ok) return env;
    const { text } = env.value;
    if (json) document(env.value);
    else context.stdout.write(text === '' || text.endsWith('\n') ? text : `${text}\n`);
    return done(0);
  },
);
