import { z } from 'zod';
import { Failure } from './errors.ts';
import { ConnectionId } from './ids.ts';

/**
 * One connection as a folder's file names it: by name, and by the id that outlives a rename; or by what a team has in
 * common. What is absent may be anything.
 */
export const FolderEntry = z.lazy(() =>
  z.object({
    connection: z.string().optional(),
    id: z.string().optional(),
    provider: z.string().optional(),
    /** Name or address. */
    site: z.string().optional(),
    /** E-mail address, name or id at the provider. */
    account: z.string().optional(),
  }),
);
export type FolderEntry = z.infer<typeof FolderEntry>;

/** What a folder is bound to. */
export const FolderBinding = z.lazy(() =>
  z.object({
    /** Absolute path of the file that says so. */
    file: z.string(),
    /** The first is meant where none of them is asked for. */
    bound: z.array(
      z.object({
        entry: FolderEntry,
        /** Which connection that is now; null: none or several, as `problem` says. */
        connection: z.object({ id: ConnectionId, name: z.string() }).nullable(),
        problem: Failure.nullable(),
      }),
    ),
  }),
);
export type FolderBinding = z.infer<typeof FolderBinding>;
