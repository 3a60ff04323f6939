import { defineCommand } from '../command.ts';
import { done, failed, type Outcome } from '../outcome.ts';
import { showClients } from '../present/clients.ts';
import { ask, askHidden } from '../prompt.ts';
import type { Runtime } from '../runtime.ts';

export const command = defineCommand(
  {
    name: 'clients add',
    summary: 'Stores an OAuth client that you registered with a provider',
    details:
      'Prompts for the secret, or reads it from standard input if there is no terminal. The secret is stored encrypted and never shown again.',
    positionals: [
      { name: 'provider', description: 'see "tokentray providers"', required: true, completes: 'providers' },
    ],
    options: {
      'client-id': { type: 'text', value: 'ID', description: 'The client ID that the provider gave you' },
      'redirect-uri': {
        type: 'text',
        value: 'URI',
        description: 'The redirect (callback) address that you registered',
      },
      name: { type: 'text', value: 'NAME', description: 'Name to show in Tokentray' },
      'service-account': {
        type: 'flag',
        description: 'It belongs to a service account, so that no person can sign in with it',
      },
      public: { type: 'flag', description: 'The client has no secret' },
      'client-secret': { type: 'text', value: '', description: 'Rejected', hidden: true },
    },
    examples: [
      'tokentray clients add atlassian --client-id abc123',
      'tokentray clients add atlassian --client-id def456 --name "Build robot" --service-account',
      'pass show atlassian | tokentray clients add atlassian --client-id abc123',
    ],
  },
  async (runtime, { positionals: { provider }, options }) => {
    if (options['client-secret'] !== undefined) {
      return failed(
        'usage',
        'A secret on a command line can be read by every program on this machine.',
        'Leave out --client-secret: Tokentray prompts for the secret, or reads it from standard input. Consider the one you typed leaked.',
      );
    }
    const clientId = options['client-id'] ?? (await askClientId(runtime));
    if (!clientId) {
      return failed('usage', 'The client ID is missing.', 'Add it: --client-id ID');
    }
    const secret = options.public ? done(undefined) : await readSecret(runtime);
    if (!secret.ok) return secret;
    const added = await runtime.app.call('clients.add', {
      provider,
      clientId,
      clientSecret: secret.value,
      name: options.name,
      redirectUri: options['redirect-uri'],
      serviceAccount: options['service-account'],
    });
    if (!added.ok) return added;
    if (runtime.json) runtime.document(added.value);
    else showClients(runtime, [added.value]);
    return done(0);
  },
);

async function askClientId(runtime: Runtime): Promise<string | null> {
  return runtime.interactive ? ((await ask(runtime, 'Client ID:'))?.trim() ?? null) : null;
}

async function readSecret(runtime: Runtime): Promise<Outcome<string>> {
  const { interactive } = runtime;
  const { stdin } = runtime.context;
  if (!interactive && stdin.isTTY) {
    return failed('usage', 'The secret is missing.', 'Pipe it to standard input.');
  }
  const secret = (
    interactive ? await askHidden(runtime, 'Client secret (not shown):') : await stdin.readAll()
  )?.trim();
  if (secret) return done(secret);
  return failed(
    'usage',
    'The secret is missing.',
    'Pipe it to standard input, or add --public if the client has none.',
  );
}
