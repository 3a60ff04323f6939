import { z } from 'zod';
import { ConnectionRef, define, Done, EVERYONE, None } from './define-call.ts';
import { Rules } from './gateway.ts';
import { McpConsentId } from './ids.ts';
import { McpAlternateView, McpConsentView } from './mcp.ts';

/** Calls about MCP clients that sign in. Those that have are consumers: see `gateway.view`. */
export const MCP_CALLS = {
  'mcp.consents': define('MCP clients that wait for consent, oldest first', EVERYONE, None, () =>
    z.object({ consents: z.array(McpConsentView) }),
  ),
  'mcp.consent': define(
    'Lets an MCP client in, or refuses it; its browser tab then goes on by itself',
    EVERYONE,
    () =>
      z.strictObject({
        id: McpConsentId,
        decision: z.enum(['allow', 'deny']),
        /** Absent: what its scopes say, for this server. */
        rules: Rules.optional(),
        /** Absent: as the client calls itself. */
        name: z.string().max(200).optional(),
        /** One of the consent's choices; absent: the one it names. */
        connection: ConnectionRef.optional(),
        server: z.string().max(63).optional(),
      }),
    Done,
  ),
  'mcp.alternates': define(
    'Second connections of MCP servers, for tools that the first is not shown',
    EVERYONE,
    None,
    () => z.object({ alternates: z.array(McpAlternateView) }),
  ),
  'mcp.set-alternate': define(
    'Sets the second connection of an MCP server; null removes it',
    EVERYONE,
    () =>
      z.strictObject({
        connection: ConnectionRef,
        server: z.string().min(1).max(63),
        alternate: ConnectionRef.nullable(),
      }),
    Done,
  ),
} as const;
