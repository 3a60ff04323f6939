import { defineCommand } from '../command.ts';
import { done } from '../outcome.ts';
import { showMcpFiles } from '../present/mcp-files.ts';

export const command = defineCommand(
  {
    name: 'mcp list',
    summary: 'Lists Tokentray’s entries in the files of MCP clients',
    details: 'Looks at your own files, and at those of the project in the current folder.',
    positionals: [],
    options: {},
    examples: ['tokentray mcp list', 'tokentray mcp list --json'],
  },
  async (runtime) => {
    const { cwd } = runtime.context;
    const listed = await runtime.app.call('mcp.files', cwd === null ? {} : { folder: cwd });
    if (!listed.ok) return listed;
    if (runtime.json) runtime.document(listed.value.files);
    else showMcpFiles(runtime, listed.value.files);
    return done(0);
  },
);
