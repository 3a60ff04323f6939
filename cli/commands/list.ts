import { defineCommand } from '../command.ts';
import { done } from '../outcome.ts';
import { showDamaged } from '../present/damaged.ts';
import { showHere } from '../present/folder.ts';
import { connectionLines } from '../present/connection-list.ts';
import { connectionRow, connectionTable } from '../present/connections.ts';
import { lineWidth } from '../present/terminal.ts';

export const command = defineCommand(
  {
    name: 'list',
    summary: 'Lists the connections',
    details:
      'A star marks the active connection of each provider. What the current folder is bound to is shown below. What is shown fits the terminal; into a file or a pipe goes everything.',
    positionals: [],
    options: {},
    examples: ['tokentray list', "tokentray list --json | jq -r '.[].name'"],
  },
  async (runtime) => {
    const listed = await runtime.app.call('connections.list', {});
    if (!listed.ok) return listed;
    const { connections, damaged } = listed.value;
    if (runtime.json) runtime.document(connections.map(connectionRow));
    else if (connections.length === 0) {
      runtime.log('No accounts connected. Connect one: tokentray connect atlassian');
      if (await runtime.app.sandboxBeside())
        runtime.log('The sandbox is also running: tokentray list --sandbox');
    } else {
      const room = lineWidth(runtime.context.stdout);
      const lines =
        room === null ? connectionTable(runtime, connections) : connectionLines(runtime, connections, room);
      runtime.print(lines.join('\n'));
    }
    showDamaged(runtime, damaged);
    if (connections.length > 0) await showHere(runtime);
    return done(0);
  },
);
