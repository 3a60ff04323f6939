import { ENV_FORMATS } from '../../contract/vocabulary.ts';
import { defineCommand } from '../command.ts';
import { meantConnection } from '../meant-connection.ts';
import { PRESET_OPTION, MIN_TTL_OPTION } from '../options.ts';
import { done } from '../outcome.ts';

export const command = defineCommand(
  {
    name: 'env',
    summary: 'Prints the variables of a connection',
    details:
      'Without a connection, uses the one that the current folder is bound to (tokentray use NAME --here), or else the active one.\nA value that the format cannot hold exactly is refused. The format netrc prints the hosts, user name and secret of the connection instead of variables; github-actions also prints to standard error, once, what hides the secrets in the log. A preset that is a template is printed as the whole file, without a format.',
    positionals: [{ name: 'connection', description: 'name or ID', completes: 'connections' }],
    options: {
      preset: PRESET_OPTION,
      format: {
        type: 'text',
        value: 'FORMAT',
        description: 'Output format (default: dotenv)',
        choices: ENV_FORMATS,
      },
      'min-ttl': MIN_TTL_OPTION,
    },
    examples: [
      'tokentray env',
      'eval "$(tokentray env --format bash)"',
      'tokentray env --format fish | source',
      'tokentray env acme > .env',
      'tokentray env --format github-actions >> "$GITHUB_ENV"',
      'tokentray env acme --preset jira-cli',
    ],
  },
  async ({ app, json, context, document }, { positionals, options }) => {
    const { format } = options;
    const env = await app.call('credentials.env', {
      ...meantConnection(context, positionals.connection),
      preset: options.preset,
      format,
      minTtlSeconds: options['min-ttl'],
    });
    if (!env.ok) return env;
    const { text, variables } = env.value;
    if (json) {
      document(env.value);
      return done(0);
    }
    if (format === 'github-actions') {
      const { githubMasks } = await import('../present/github-masks.ts');
      // First: nothing may print a secret before it is masked.
      for (const mask of githubMasks(variables)) context.stderr.write(`${mask}\n`);
    }
    context.stdout.write(text === '' || text.endsWith('\n') ? text : `${text}\n`);
    return done(0);
  },
);
