import { EXIT_CODES } from '../../contract/vocabulary.ts';
import { defineCommand } from '../command.ts';
import { done } from '../outcome.ts';
import { connectionRow } from '../present/connections.ts';
import { plain } from '../present/plain.ts';

export const command = defineCommand(
  {
    name: 'test',
    summary: 'Tests a connection with the provider',
    details: 'Uses the active connection if you name none.',
    positionals: [{ name: 'connection', description: 'name or ID', completes: 'connections' }],
    options: {},
    examples: ['tokentray test', 'tokentray test acme --json'],
  },
  async ({ app, json, document, print, out }, { positionals }) => {
    const tested = await app.call('connections.test', { connection: positionals.connection });
    if (!tested.ok) return tested;
    const { connection, ok, results } = tested.value;
    if (json) document({ connection: connectionRow(connection), ok, results });
    else {
      print(out.bold(plain(connection.name)));
      for (const result of results) {
        print(`${result.ok ? out.good('●') : out.bad('▲')} ${plain(result.check)}: ${plain(result.message)}`);
      }
    }
    if (ok) return done(0);
    return done(connection.status.state === 'needs-reconnect' ? EXIT_CODES['needs-reconnect'] : 1);
  },
);
