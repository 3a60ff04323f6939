import { ok } from '../../lib/result.ts';
import type { Handlers } from '../dispatcher.ts';
import type { Services } from '../services.ts';

type McpCalls = Extract<keyof Handlers, `mcp.${string}`>;

export const mcpHandlers = ({ mcp }: Services): Pick<Handlers, McpCalls> => ({
  'mcp.consents': () => ok({ consents: mcp.consents() }),
  'mcp.consent': (input) => mcp.consent(input),
});
