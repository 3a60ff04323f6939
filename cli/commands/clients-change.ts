import { readClientSecret } from '../client-credentials.ts';
import { defineCommand } from '../command.ts';
import { CLIENT_OPTIONS } from '../options.ts';
import { done, failed } from '../outcome.ts';
import { showClients } from '../present/clients.ts';
import { scopesIn } from '../scopes.ts';

export const command = defineCommand(
  {
    name: 'clients change',
    summary: 'Changes an OAuth client; its connections stay',
    details:
      'With a new secret, connections that stopped because of a wrong one go on by themselves. The client ID can change only while no connection uses it: what keeps a connection alive was issued to one client ID.',
    positionals: [
      {
        name: 'client',
        description: 'name, client ID or Tokentray ID',
        required: true,
        completes: 'clients',
      },
    ],
    options: {
      secret: {
        type: 'flag',
        description:
          'Replace the secret: prompts for it, or reads it from standard input if there is no terminal',
      },
      public: { type: 'flag', description: 'The client has no secret any more' },
      ...CLIENT_OPTIONS,
    },
    examples: [
      'tokentray clients change my-app --secret',
      'pass show atlassian | tokentray clients change my-app --secret',
      'tokentray clients change my-app --redirect-uri http://127.0.0.1:7980/callback',
    ],
  },
  async (runtime, { positionals: { client }, options }) => {
    const { secret, name, scopes } = options;
    if (secret && options.public)
      return failed('usage', '--secret and --public contradict each other.', 'Choose one of them.');
    const given = [secret, options.public, name, scopes, options['client-id'], options['redirect-uri']];
    if (given.every((value) => value === undefined || value === false))
      return failed(
        'usage',
        'There is nothing to change.',
        'Name what: --secret, --redirect-uri, --name, --scopes or --client-id.',
      );
    const rules = { providerName: 'The provider', setup: null, addresses: true };
    const newSecret = secret
      ? await readClientSecret(runtime, 'Client secret', options['client-id'] ?? '', rules)
      : null;
    if (newSecret?.ok === false) return newSecret;
    const changed = await runtime.app.call('clients.change', {
      client,
      name,
      clientId: options['client-id'],
      redirectUri: options['redirect-uri'],
      ...(newSecret !== null && { clientSecret: newSecret.value }),
      ...(options.public && { clientSecret: null }),
      ...(scopes !== undefined && { scopes: scopesIn(scopes) }),
    });
    if (!changed.ok) return changed;
    if (runtime.json) runtime.document(changed.value);
    else showClients(runtime, [changed.value]);
    return done(0);
  },
);
