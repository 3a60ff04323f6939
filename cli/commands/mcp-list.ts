import { defineCommand } from '../command.ts';
import { connectionNames } from '../gateway/connection-names.ts';
import { done } from '../outcome.ts';
import { showMcpClients } from '../present/mcp-clients.ts';
import { showMcpFiles } from '../present/mcp-files.ts';

export const command = defineCommand(
  {
    name: 'mcp list',
    summary: 'Lists entries in files of MCP clients, and who signed in',
    details:
      'Looks at your own files, and at those of the project in the current folder. With --json, the files only; see "mcp status".',
    positionals: [],
    options: {},
    examples: ['tokentray mcp list', 'tokentray mcp list --json'],
  },
  async (runtime) => {
    const { cwd } = runtime.context;
    const listed = await runtime.app.call('mcp.files', cwd === null ? {} : { folder: cwd });
    if (!listed.ok) return listed;
    if (runtime.json) {
      runtime.document(listed.value.files);
      return done(0);
    }
    showMcpFiles(runtime, listed.value.files);
    const view = await runtime.app.call('gateway.view', {});
    if (!view.ok) return view;
    const waiting = await runtime.app.call('mcp.consents', {});
    if (!waiting.ok) return waiting;
    const { consents } = waiting.value;
    const clients = view.value.consumers.filter(({ kind }) => kind === 'mcp-client');
    if (clients.length === 0 && consents.length === 0) return done(0);
    const names = await connectionNames(runtime.app);
    if (!names.ok) return names;
    showMcpClients(runtime, { clients, consents, names: names.value });
    return done(0);
  },
);
