import { defineCommand } from '../command.ts';
import { connectionNames } from '../gateway/connection-names.ts';
import { done } from '../outcome.ts';
import { showFault } from '../present/gateway.ts';
import { showMcpClients } from '../present/mcp-clients.ts';

export const command = defineCommand(
  {
    name: 'mcp status',
    summary: 'Shows which MCP clients signed in, and which wait for you',
    details: 'A client that signed in is removed with "gateway remove".',
    positionals: [],
    options: {},
    examples: ['tokentray mcp status'],
  },
  async (runtime) => {
    const { app, json, document, print } = runtime;
    const settings = await app.call('settings.get', {});
    if (!settings.ok) return settings;
    const view = await app.call('gateway.view', {});
    if (!view.ok) return view;
    const waiting = await app.call('mcp.consents', {});
    if (!waiting.ok) return waiting;
    const { mcpSignIn: signIn, mcpPort: port, mcpForeignTokens: foreignTokens } = settings.value;
    const { mcp } = view.value;
    const { consents } = waiting.value;
    const clients = view.value.consumers.filter(({ kind }) => kind === 'mcp-client');
    if (json) {
      document({ signIn, port, foreignTokens, ...mcp, clients, consents });
      return done(0);
    }
    print(`Sign-in: ${signIn ? (mcp.url ?? 'on, but not listening') : 'off'}`);
    if (foreignTokens) print('Clients may bring tokens of accounts that are not connected here.');
    showFault(runtime, mcp.fault);
    const names = await connectionNames(app);
    if (!names.ok) return names;
    showMcpClients(runtime, { clients, consents, names: names.value });
    return done(0);
  },
);
