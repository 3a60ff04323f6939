import type { MCP_CALLS } from '../../../contract/mcp-calls.ts';
import { ok } from '../../lib/result.ts';
import type { Handlers } from '../dispatcher.ts';
import type { Services } from '../services.ts';

type McpCalls = keyof typeof MCP_CALLS;

export const mcpHandlers = ({ mcp, connections }: Services): Pick<Handlers, McpCalls> => ({
  'mcp.consents': () => ok({ consents: mcp.consents() }),
  'mcp.consent': (input) => mcp.consent(input),
  'mcp.alternates': () => ok({ alternates: mcp.alternates() }),
  'mcp.set-alternate': ({ connection, server, alternate }) => {
    const first = connections.resolve(connection);
    if (!first.ok) return first;
    const second = alternate === null ? null : connections.resolve(alternate);
    if (second?.ok === false) return second;
    return mcp.setAlternate({ connection: first.value.id, server, alternate: second?.value.id ?? null });
  },
});
