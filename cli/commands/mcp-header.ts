import { defineCommand } from '../command.ts';
import { done } from '../outcome.ts';
import { jsonLine } from '../present/json-line.ts';

export const command = defineCommand(
  {
    name: 'mcp header',
    summary: 'Prints the headers for an entry written with “mcp add --key”',
    details:
      'For the headersHelper of Claude Code: prints one JSON object with a key of its own, which ends after 30 days, or when 20 newer ones were given. It sends the key nowhere itself, and refuses if Claude Code would send it to another address than the gateway’s.',
    positionals: [{ name: 'connection', description: 'name or ID', completes: 'connections' }],
    options: {},
    examples: ['tokentray mcp header acme'],
  },
  async ({ app, context, print }, { positionals: { connection } }) => {
    const url = context.paths.env['CLAUDE_CODE_MCP_SERVER_URL'];
    const header = await app.call('mcp.header', { connection, url: url === '' ? undefined : url });
    if (!header.ok) return header;
    print(jsonLine(header.value.headers));
    return done(0);
  },
);
