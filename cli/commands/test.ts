import type { CallOutput } from '../../contract/calls.ts';
import { EXIT_CODES } from '../../contract/vocabulary.ts';
import { defineCommand } from '../command.ts';
import { meantConnection } from '../meant-connection.ts';
import { done } from '../outcome.ts';
import { connectionRow } from '../present/connections.ts';
import { plain } from '../present/plain.ts';
import { scopeTable } from '../present/scopes.ts';

export const command = defineCommand(
  {
    name: 'test',
    summary: 'Tests what a connection’s credential may do',
    details:
      'Without a connection, uses the one that the current folder is bound to (tokentray use NAME --here), or else the active one. Reads a little at the provider and never changes anything there.',
    positionals: [{ name: 'connection', description: 'name or ID', completes: 'connections' }],
    options: {
      answer: { type: 'flag', description: 'Also show the first request and how its answer begins' },
    },
    examples: ['tokentray test', 'tokentray test acme --answer', 'tokentray test acme --json'],
  },
  async ({ app, context, json, document, print, out, withCommands }, { positionals, options }) => {
    const tested = await app.call('connections.test', meantConnection(context, positionals.connection));
    if (!tested.ok) return tested;
    const { connection, ok, results, account, site, products, scopes, answer } = tested.value;
    if (json) {
      const hinted = results.map((result) =>
        result.hint === undefined ? result : { ...result, hint: withCommands(result.hint) },
      );
      document({
        connection: connectionRow(connection),
        ok,
        results: hinted,
        account,
        site,
        products,
        scopes,
        ...(answer !== undefined && { answer }),
      });
    } else {
      print(out.bold(plain(connection.name)));
      if (options.answer && answer !== undefined) {
        const { method, url, status, ms, line } = answer;
        print(`${method} ${plain(url)}: ${status ?? 'no answer'}, ${ms} ms`);
        if (line !== '') print(`  ${plain(line)}`);
      }
      for (const result of results) {
        print(`${result.ok ? out.good('●') : out.bad('▲')} ${plain(result.check)}: ${plain(result.message)}`);
      }
      for (const hint of new Set(results.flatMap((result) => result.hint ?? []))) {
        print(`  ${plain(withCommands(hint))}`);
      }
      for (const line of scopeTable(out, scopes)) print(line);
    }
    return done(ok ? 0 : exitCode(tested.value));
  },
);

/** 4 when only signing in again helps, 6 when it is all for a moment. */
function exitCode({ connection, results }: CallOutput<'connections.test'>): number {
  const codes = results.flatMap((result) => (result.ok ? [] : [result.code ?? 'failed']));
  if (connection.status.state === 'needs-reconnect' || codes.includes('needs-reconnect'))
    return EXIT_CODES['needs-reconnect'];
  return codes.length > 0 && codes.every((code) => EXIT_CODES[code] === EXIT_CODES.offline)
    ? EXIT_CODES.offline
    : EXIT_CODES.failed;
}
