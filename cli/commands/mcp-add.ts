import { MCP_CLIENTS } from '../../contract/vocabulary.ts';
import { defineCommand } from '../command.ts';
import { byOption } from '../name-connection.ts';
import { done, failed } from '../outcome.ts';
import { showPlan } from '../present/mcp-files.ts';
import { plain } from '../present/plain.ts';
import { confirm } from '../prompt.ts';
import { folderFor } from '../project-folder.ts';

export const command = defineCommand(
  {
    name: 'mcp add',
    summary: 'Adds an MCP server to the file of an MCP client',
    details:
      'Shows the difference first, and asks in a terminal; without one, --yes is needed. The entry leads to Tokentray, where the client signs in, and holds no secret. Comments, order and the other entries of the file stay, and a copy of it is kept beside it.',
    positionals: [{ name: 'client', description: 'the program', required: true, choices: MCP_CLIENTS }],
    options: {
      server: {
        type: 'text',
        value: 'SERVER',
        description: 'rovo (the default), mcp-atlassian, or the address of an MCP server',
      },
      connection: {
        type: 'text',
        value: 'NAME',
        description: 'The connection that the server is used with',
        completes: 'connections',
      },
      project: { type: 'flag', description: 'Write the file of the project in this folder' },
      key: { type: 'flag', description: 'Claude Code gets a key from Tokentray instead of signing in' },
      yes: { type: 'flag', description: 'Do not ask' },
    },
    examples: [
      'tokentray mcp add claude-code',
      'tokentray mcp add vscode --project --connection acme',
      'tokentray mcp add claude-desktop --server mcp-atlassian --yes',
    ],
  },
  async (runtime, { positionals, options }) => {
    const { app, json, document, log } = runtime;
    const folder = folderFor(runtime.context, options.project ?? false);
    if (!folder.ok) return folder;
    const request = {
      client: positionals.client,
      server: options.server,
      connection: options.connection,
      ...folder.value,
      key: options.key ?? false,
    };
    const plan = await app.call('mcp.plan', request);
    if (!plan.ok) return byOption(plan.error);
    const { changes, file, digest } = plan.value;
    if (changes) showPlan(runtime, plan.value);
    else log(`Nothing to change in ${plain(file)}.`);
    if (changes && options.yes !== true) {
      if (!runtime.interactive) {
        if (json) document(plan.value);
        return failed('usage', 'Nothing was written.', 'Add --yes to write what is shown.');
      }
      if (!(await confirm(runtime, 'Write this?'))) return failed('cancelled', 'Nothing was written.');
    }
    const written = await app.call('mcp.write', { ...request, digest });
    if (!written.ok) return written;
    if (json) document({ ...written.value, diff: plan.value.diff, notes: plan.value.notes });
    if (written.value.changed) log(`Written: ${plain(file)}`);
    if (written.value.backup !== null) log(`As it was before: ${plain(written.value.backup)}`);
    for (const note of plan.value.notes) log(plain(note));
    return done(0);
  },
);
