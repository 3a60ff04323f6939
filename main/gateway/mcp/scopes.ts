import type { Rules } from '../../../contract/gateway.ts';

/**
 * What a client may ask for. Both become rules of its consumer when the person consents: `mcp:read` lets it read,
 * `mcp:write` lets it call every tool.
 */
export const MCP_SCOPES = ['mcp:read', 'mcp:write'] as const;
export type McpScope = (typeof MCP_SCOPES)[number];

const isKnown = (scope: string): scope is McpScope => MCP_SCOPES.some((known) => known === scope);

/** The scopes of a request. Unknown ones are left out, as RFC 6749 §3.3 allows; none at all asks for everything. */
export function requestedScopes(scope: string | null): McpScope[] {
  const named = (scope ?? '').split(' ').filter(isKnown);
  if (named.length === 0) return [...MCP_SCOPES];
  // Writing includes reading.
  return MCP_SCOPES.filter((known) => known === 'mcp:read' || named.includes(known));
}

/** Rules that say what the scopes say, for one server. */
export const rulesOf = (scopes: readonly string[], api: string): Rules => [
  scopes.includes('mcp:write')
    ? { then: 'allow', apis: [api] }
    : { then: 'allow', apis: [api], operations: ['read'] },
];
