import { ENV_FORMATS, PRESET_NAMES } from '../../contract/vocabulary.ts';
import { defineCommand } from '../command.ts';
import { done } from '../outcome.ts';

export const command = defineCommand(
  {
    name: 'env',
    summary: 'Prints the variables of a connection',
    details: 'Without a connection: the active one.',
    positionals: [{ name: 'connection', description: 'name or id', completes: 'connections' }],
    options: {
      preset: { type: 'text', value: 'PRESET', description: 'Which tool’s variables', choices: PRESET_NAMES },
      format: { type: 'text', value: 'FORMAT', description: 'How they are written', choices: ENV_FORMATS },
      'min-ttl': {
        type: 'number',
        value: 'SECONDS',
        description: 'How long the access token must still be valid',
        min: 0,
        max: 31_536_000,
      },
    },
    examples: ['tokentray env', 'eval "$(tokentray env --format bash)"', 'tokentray env acme > .env'],
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
