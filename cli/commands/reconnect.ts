import { defineCommand } from '../command.ts';
import { done } from '../outcome.ts';
import { showConnection } from '../present/connections.ts';
import { scopesIn } from '../scopes.ts';
import { signIn } from '../sign-in.ts';

export const command = defineCommand(
  {
    name: 'reconnect',
    summary: 'Signs in again to a connection, which keeps its name and env files',
    details:
      'A connection with a token, key or password asks for the new one, or reads it from standard input. Reconnecting with other --scopes changes what the connection may do.',
    positionals: [
      { name: 'connection', description: 'name or ID', required: true, completes: 'connections' },
    ],
    options: {
      scopes: { type: 'text', value: '"A B"', description: 'Scopes to request instead of the previous ones' },
      site: { type: 'text', value: 'SITE', description: 'Site to use: name, address or cloud ID' },
      email: { type: 'text', value: 'E-MAIL', description: 'E-mail address or user name of the new token' },
      expires: {
        type: 'text',
        value: 'DATE',
        description: 'When the new token ends: 2027-01-31, or days from now: 90d',
      },
      'no-open': { type: 'flag', description: 'Print the address instead of opening the browser, and wait' },
    },
    examples: [
      'tokentray reconnect acme',
      'tokentray reconnect acme --scopes "read:me read:jira-work"',
      'pass show jira | tokentray reconnect acme --expires 90d',
    ],
  },
  async (runtime, { positionals, options }) => {
    const connected = await signIn(runtime, {
      reconnect: positionals.connection,
      scopes: options.scopes === undefined ? undefined : scopesIn(options.scopes),
      site: options.site,
      username: options.email,
      expires: options.expires,
      open: !options['no-open'],
    });
    if (!connected.ok) return connected;
    showConnection(runtime, connected.value, 'Reconnected:');
    return done(0);
  },
);
