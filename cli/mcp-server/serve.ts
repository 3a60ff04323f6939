import { once } from 'node:events';
import { McpServer } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import type { Runtime } from '../runtime.ts';
import { VERSION } from '../version.ts';
import { registerTools } from './tools.ts';

const INSTRUCTIONS =
  'Tokentray keeps the person’s connections to Atlassian and other services alive. These tools show which connections there are and whether they work, and start sign-ins that the person finishes in a browser. No tool gives a credential, and none should be asked for: run a program that needs one with “tokentray run CONNECTION -- PROGRAM”, or have it ask the gateway (“tokentray run CONNECTION --gateway -- PROGRAM”).';

/** Serves MCP on this process's standard input and output until the client closes them. */
export async function serveMcp({ app }: Runtime): Promise<void> {
  const handle = serveStdio(() => {
    const server = new McpServer(
      { name: 'tokentray', title: 'Tokentray', version: VERSION },
      { capabilities: { tools: {} }, instructions: INSTRUCTIONS },
    );
    registerTools(server, app);
    return server;
  });
  await Promise.race([once(process.stdin, 'end'), once(process.stdin, 'close')]);
  await handle.close();
}
