import { z } from 'zod';
import { ConnectionId, IsoTime, McpConsentId } from './ids.ts';

/** An MCP server with one connection, as a client may sign in to it. */
export const McpResourceView = z.lazy(() =>
  z.object({
    connection: z.object({ id: ConnectionId, name: z.string() }),
    /** Id of the server: the last part of its address. */
    server: z.string(),
    serverName: z.string(),
  }),
);
export type McpResourceView = z.infer<typeof McpResourceView>;

/** An MCP client that waits for the person's consent, until `until`, which counts as *no*. */
export const McpConsentView = z.lazy(() =>
  z.object({
    id: McpConsentId,
    /** As the client calls itself; null: it did not say. */
    clientName: z.string().nullable(),
    /** Of a client that is known by a document on the web: where that is. Null: it registered itself. */
    clientHost: z.string().nullable(),
    /** Where the consent is sent. */
    redirectHost: z.string(),
    /** It is sent to a program on this machine, and nothing proves which one that is. */
    unproven: z.boolean(),
    /** What it asks for, or, where it did not say, the likeliest of `choices`. */
    connection: z.object({ id: ConnectionId, name: z.string() }),
    server: z.string(),
    serverName: z.string(),
    /** More than one where the client did not say which. */
    choices: z.array(McpResourceView),
    /** Requested: `mcp:read`, `mcp:write`. */
    scopes: z.array(z.string()),
    since: IsoTime,
    until: IsoTime,
  }),
);
export type McpConsentView = z.infer<typeof McpConsentView>;

/** A second connection for tools that a server shows only to that one. */
export const McpAlternateView = z.lazy(() =>
  z.object({
    connection: z.object({ id: ConnectionId, name: z.string() }),
    server: z.string(),
    alternate: z.object({ id: ConnectionId, name: z.string() }),
  }),
);
export type McpAlternateView = z.infer<typeof McpAlternateView>;
