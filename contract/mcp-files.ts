import { z } from 'zod';
import { Failure } from './errors.ts';
import { MCP_CLIENTS, MCP_SCOPES } from './vocabulary.ts';

/** A program that keeps a list of MCP servers in a file. */
export const McpClientId = z.lazy(() => z.enum(MCP_CLIENTS));
export type McpClientId = z.infer<typeof McpClientId>;

/** `user`: for everything that the person does; `project`: in one folder. */
export const McpScope = z.lazy(() => z.enum(MCP_SCOPES));
export type McpScope = z.infer<typeof McpScope>;

const place = () => ({ client: McpClientId, scope: McpScope, file: z.string() });

/** An entry of ours in a client's file. */
export const McpFileEntry = z.lazy(() =>
  z.object({
    /** Its name in the file. */
    name: z.string(),
    url: z.string(),
    /** The client asks Tokentray for a key instead of signing in. */
    usesKey: z.boolean(),
    /** Why it does not work any more; null while it fits. */
    problem: Failure.nullable(),
  }),
);
export type McpFileEntry = z.infer<typeof McpFileEntry>;

/** A client's file with entries of ours, or one that cannot be read. */
export const McpFileView = z.lazy(() =>
  z.object({
    ...place(),
    entries: z.array(McpFileEntry),
    problem: Failure.nullable(),
  }),
);
export type McpFileView = z.infer<typeof McpFileView>;

/** What would be written to a client's file. Holds nothing of what others have in it but names. */
export const McpFilePlan = z.lazy(() =>
  z.object({
    ...place(),
    exists: z.boolean(),
    /** False: the file already holds it. */
    changes: z.boolean(),
    name: z.string(),
    url: z.string(),
    /** Lines that start with `+`, `-`, a space or `@@`; values of others are left out. */
    diff: z.array(z.string()),
    notes: z.array(z.string()),
    /** Names this very change of this very file, for `mcp.write`. */
    digest: z.string(),
  }),
);
export type McpFilePlan = z.infer<typeof McpFilePlan>;
