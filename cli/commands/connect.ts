import { SIGN_IN_METHODS } from '../../contract/vocabulary.ts';
import { defineCommand } from '../command.ts';
import { done, failed, type Outcome } from '../outcome.ts';
import { showConnection } from '../present/connections.ts';
import type { Runtime } from '../runtime.ts';
import { signIn } from '../sign-in.ts';

export const command = defineCommand(
  {
    name: 'connect',
    summary: 'Signs in to a provider and keeps the connection alive',
    details:
      'If the browser cannot reach this machine after you sign in, paste the address that it ends up at.',
    positionals: [
      { name: 'provider', description: 'see "tokentray providers"', required: true, completes: 'providers' },
    ],
    options: {
      name: { type: 'text', value: 'NAME', description: 'Name for the connection' },
      method: {
        type: 'text',
        value: 'METHOD',
        description: 'How to sign in',
        choices: ['oauth2'],
        later: SIGN_IN_METHODS.filter((method) => method !== 'oauth2'),
      },
      scopes: { type: 'text', value: '"A B"', description: 'Scopes to request instead of the defaults' },
      site: { type: 'text', value: 'SITE', description: 'Site to use: name, address or cloud ID' },
      client: {
        type: 'text',
        value: 'CLIENT',
        description: 'OAuth client to use: name, client ID or Tokentray ID',
        completes: 'clients',
      },
      'no-open': { type: 'flag', description: 'Print the address instead of opening the browser, and wait' },
    },
    examples: [
      'tokentray connect atlassian',
      'tokentray connect atlassian --name acme --site acme.atlassian.net',
      'tokentray connect atlassian --no-open --json',
    ],
  },
  async (runtime, { positionals: { provider }, options }) => {
    const client =
      options.client === undefined ? done(undefined) : await findClient(runtime, provider, options.client);
    if (!client.ok) return client;
    const connected = await signIn(runtime, {
      provider,
      method: options.method,
      client: client.value,
      name: options.name,
      scopes: options.scopes?.split(/[\s,]+/).filter((scope) => scope !== ''),
      site: options.site,
      open: !options['no-open'],
    });
    if (!connected.ok) return connected;
    showConnection(runtime, connected.value, 'Connected:');
    return done(0);
  },
);

async function findClient({ app }: Runtime, provider: string, reference: string): Promise<Outcome<string>> {
  const listed = await app.call('clients.list', { provider });
  if (!listed.ok) return listed;
  const found = listed.value.clients.filter(({ id, clientId, name }) =>
    [id, clientId, name].includes(reference),
  );
  const [client] = found;
  if (client === undefined) {
    return failed(
      'not-found',
      `${provider} has no OAuth client with that name.`,
      'List them: tokentray clients list',
    );
  }
  if (found.length === 1) return done(client.id);
  return failed('ambiguous', 'More than one OAuth client has that name.', 'Use its client ID instead.');
}
