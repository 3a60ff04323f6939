import type { GitInstallView } from '../../contract/git.ts';
import { defineCommand } from '../command.ts';
import { done } from '../outcome.ts';
import { plain } from '../present/plain.ts';
import { table } from '../present/table.ts';

export const command = defineCommand(
  {
    name: 'git list',
    summary: 'Lists for which hosts git asks Tokentray',
    positionals: [],
    options: {},
    examples: ['tokentray git list', 'tokentray git list --json'],
  },
  async ({ app, json, document, print, log }) => {
    const listed = await app.call('git.installs', {});
    if (!listed.ok) return listed;
    const { installs } = listed.value;
    if (json) document(installs);
    else if (installs.length === 0)
      log('Git asks Tokentray for no host. To change that: tokentray git install <host>');
    else print(table(installs.map(rowOf)).join('\n'));
    return done(0);
  },
);

const rowOf = ({ url, connection, file, intact }: GitInstallView): string[] => [
  plain(url),
  connection === null ? 'the connection that fits' : plain(connection.name ?? 'a connection that is gone'),
  plain(file),
  ...(intact ? [] : ['changed or removed since']),
];
