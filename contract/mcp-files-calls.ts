import { z } from 'zod';
import { COMMAND_LINE, ConnectionRef, define, EVERYONE, OptionalRef } from './define-call.ts';
import { McpClientId, McpFilePlan, McpFileView, McpScope } from './mcp-files.ts';

/** Absolute path of the project's folder. */
const Folder = z.string().min(1).max(5000);

const planRequest = () =>
  z.strictObject({
    client: McpClientId,
    /** `rovo`, `mcp-atlassian`, or the address of an MCP server. Absent: `rovo`. */
    server: z.string().min(1).max(2000).optional(),
    /** Absent: the one that reaches the server, or the active one of several. */
    connection: OptionalRef,
    scope: McpScope.optional(),
    folder: Folder.optional(),
    /** The client asks Tokentray for a key, instead of signing in. */
    key: z.boolean().optional(),
  });

/** Calls about the files in which MCP clients keep their servers. */
export const MCP_FILES_CALLS = {
  'mcp.plan': define(
    'What would be written to an MCP client’s file to add a server; changes nothing',
    EVERYONE,
    planRequest,
    McpFilePlan,
  ),
  'mcp.write': define(
    'Writes what `mcp.plan` showed; fails with `conflict` if that is not what would be written now',
    EVERYONE,
    () => planRequest().extend({ digest: z.string().min(1).max(100) }),
    () =>
      z.object({ file: z.string(), name: z.string(), changed: z.boolean(), backup: z.string().nullable() }),
  ),
  'mcp.files': define(
    'Our entries in the files of MCP clients: the person’s, and those of a project',
    EVERYONE,
    () => z.strictObject({ folder: Folder.optional() }),
    () => z.object({ files: z.array(McpFileView) }),
  ),
  'mcp.remove': define(
    'Removes our entries from an MCP client’s file, all of them or one',
    EVERYONE,
    () =>
      z.strictObject({
        client: McpClientId,
        scope: McpScope.optional(),
        folder: Folder.optional(),
        /** The entry's name. */
        name: z.string().min(1).max(200).optional(),
      }),
    () =>
      z.object({
        file: z.string(),
        removed: z.array(z.string()),
        /** The file is gone, because it held nothing else and was not there before. */
        deleted: z.boolean(),
        /** The gateway keys of the removed entries, which go with them unless a file that is known still uses them. */
        keys: z.array(z.object({ name: z.string(), usedBy: z.string().nullable() })),
      }),
  ),
  'mcp.header': define(
    'A fresh key for an entry that was written with a key, as headers; ends after 30 days',
    COMMAND_LINE,
    () =>
      z.strictObject({
        connection: ConnectionRef.optional(),
        /** Where the client would send it; refused unless it is the gateway's. */
        url: z.string().min(1).max(2000).optional(),
      }),
    () => z.object({ headers: z.object({ Authorization: z.string() }) }),
  ),
} as const;
