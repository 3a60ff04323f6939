import { z } from 'zod';
import { COMMAND_LINE, ConnectionRef, define, EVERYONE, None, OptionalRef } from './define-call.ts';
import { FolderBinding } from './folder.ts';

/** Absolute path. */
const Folder = z.string().min(1).max(5000);

/** Calls about which connections folders are bound to. */
export const FOLDER_CALLS = {
  'folders.find': define(
    'What a folder is bound to, by its own file or that of a folder above; null: nothing',
    COMMAND_LINE,
    () => z.strictObject({ folder: Folder }),
    () => z.object({ binding: FolderBinding.nullable() }),
  ),
  'folders.bind': define(
    'Binds a folder to a connection, instead of another one of the same provider',
    COMMAND_LINE,
    () =>
      z.strictObject({
        folder: Folder,
        connection: ConnectionRef,
        /** Named by provider and site, which mean the same to everybody in a team. */
        shared: z.boolean().optional(),
        /** With `shared`: by its account too. */
        sameAccount: z.boolean().optional(),
      }),
    FolderBinding,
  ),
  'folders.unbind': define(
    'Takes a folder’s binding away: to one connection, or all of it',
    EVERYONE,
    () => z.strictObject({ folder: Folder, connection: OptionalRef }),
    () => z.object({ file: z.string(), binding: FolderBinding.nullable() }),
  ),
  'folders.list': define('Folders that were bound here and still are', EVERYONE, None, () =>
    z.object({ folders: z.array(FolderBinding) }),
  ),
} as const;
