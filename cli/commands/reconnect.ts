import { defineCommand } from '../command.ts';
import { done } from '../outcome.ts';
import { showConnection } from '../present/connections.ts';
import { signIn } from '../sign-in.ts';

export const command = defineCommand(
  {
    name: 'reconnect',
    summary: 'Signs in again to a connection, which keeps its name, position and exports',
    positionals: [
      { name: 'connection', description: 'name or ID', required: true, completes: 'connections' },
    ],
    options: {
      scopes: { type: 'text', value: '"A B"', description: 'Scopes to request instead of the previous ones' },
      site: { type: 'text', value: 'SITE', description: 'Site to use: name, address or cloud ID' },
      'no-open': { type: 'flag', description: 'Print the address instead of opening the browser, and wait' },
    },
    examples: ['tokentray reconnect acme'],
  },
  async (runtime, { positionals, options }) => {
    const connected = await signIn(runtime, {
      reconnect: positionals.connection,
      scopes: options.scopes?.split(/[\s,]+/).filter((scope) => scope !== ''),
      site: options.site,
      open: !options['no-open'],
    });
    if (!connected.ok) return connected;
    showConnection(runtime, connected.value, 'Reconnected:');
    return done(0);
  },
);
