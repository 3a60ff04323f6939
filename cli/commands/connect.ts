import { OAUTH_GRANTS, SIGN_IN_METHODS } from '../../contract/vocabulary.ts';
import { defineCommand } from '../command.ts';
import { done } from '../outcome.ts';
import { showConnection } from '../present/connections.ts';
import { scopesIn } from '../scopes.ts';
import { signIn } from '../sign-in.ts';

export const command = defineCommand(
  {
    name: 'connect',
    summary: 'Signs in to a provider and keeps the connection alive',
    details:
      'Without --method, it uses the first one of the provider ("tokentray providers" lists them). Tokens, keys and passwords are asked for, or read from standard input; they are never options.\n' +
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
        choices: SIGN_IN_METHODS,
      },
      grant: {
        type: 'text',
        value: 'GRANT',
        description: 'How to sign in with oauth2; client-credentials is a service account',
        choices: OAUTH_GRANTS,
      },
      scopes: { type: 'text', value: '"A B"', description: 'Scopes to request instead of the defaults' },
      url: { type: 'text', value: 'URL', description: 'Base address of a self-hosted instance' },
      email: {
        type: 'text',
        value: 'E-MAIL',
        description: 'E-mail address or user name that belongs to a token',
      },
      expires: {
        type: 'text',
        value: 'DATE',
        description: 'When a token ends: 2027-01-31, or days from now: 90d',
      },
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
      'tokentray connect atlassian --method api-token --site acme --email you@example.com --expires 90d',
      'pass show jira | tokentray connect jira-data-center --method personal-access-token --url https://jira.example.com',
      'tokentray connect atlassian --grant client-credentials --client "Build robot"',
      'tokentray connect atlassian --no-open --json',
    ],
  },
  async (runtime, { positionals: { provider }, options }) => {
    const connected = await signIn(runtime, {
      provider,
      method: options.method,
      grant: options.grant,
      client: options.client,
      url: options.url,
      username: options.email,
      expires: options.expires,
      name: options.name,
      scopes: options.scopes === undefined ? undefined : scopesIn(options.scopes),
      site: options.site,
      open: !options['no-open'],
    });
    if (!connected.ok) return connected;
    showConnection(runtime, connected.value, 'Connected:');
    return done(0);
  },
);
