import { aboutFile } from '../../contract/about-file.ts';
import { defineCommand } from '../command.ts';
import { done } from '../outcome.ts';
import { plain } from '../present/plain.ts';
import { printTable } from '../present/print-table.ts';

export const command = defineCommand(
  {
    name: 'providers list',
    summary: 'Lists the services that you can connect, and how',
    positionals: [],
    options: { reload: { type: 'flag', description: 'Reload your own provider files first' } },
    examples: ['tokentray providers', 'tokentray providers --reload'],
  },
  async ({ app, context, json, document, print, log, out, err }, { options }) => {
    const listed = await app.call(options.reload ? 'providers.reload' : 'providers.list', {});
    if (!listed.ok) return listed;
    const { providers, problems, folder } = listed.value;
    if (json) {
      document(listed.value);
      return done(0);
    }
    const rows = providers.map(({ id, name, methods, grants, tried, origin, clients }) => [
      plain(id),
      plain(name),
      methods.map((method) => (method === 'oauth2' ? `oauth2 (${grants.join(', ')})` : method)).join(', '),
      tried ? 'yes' : 'no',
      origin,
      clients.length === 0 ? '–' : clients.map((client) => plain(client.name)).join(', '),
    ]);
    const headings = ['PROVIDER', 'NAME', 'METHODS', 'TRIED', 'ORIGIN', 'OAUTH CLIENTS'].map((text) =>
      out.dim(text),
    );
    printTable({ context, print }, headings, rows);
    log(err.dim(`Your own definitions: ${plain(folder)}`));
    for (const { file, field, message, hint } of problems) {
      log(
        `${err.bad('▲')} ${field === null ? plain(aboutFile(file, message)) : `${plain(file)} (${plain(field)}): ${plain(message)}`}`,
      );
      log(`    ${plain(hint)}`);
    }
    return done(0);
  },
);
