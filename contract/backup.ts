import { z } from 'zod';
import { IsoTime } from './ids.ts';

/** What a restore does with a backup, or has done. */
export const RestoreView = z.lazy(() =>
  z.object({
    createdAt: IsoTime,
    /** The version of Tokentray that made it. */
    version: z.string(),
    /** Nothing is stored here yet, so nothing needs to be confirmed. */
    unused: z.boolean(),
    connections: z.array(
      z.object({
        id: z.string(),
        /** As it is called after the restore; another name if this one is taken here. */
        name: z.string(),
        provider: z.string(),
        /** `kept`: the sign-in that is here is at least as new as the one in the backup, so it stays. */
        change: z.enum(['added', 'updated', 'kept']),
      }),
    ),
    /** Numbers of OAuth clients and exports that come from the backup. */
    clients: z.number().int(),
    exports: z.number().int(),
    /** Names of provider files; those that are here already stay as they are. */
    providerFiles: z.object({ added: z.array(z.string()), kept: z.array(z.string()) }),
    /** The same of presets. */
    presetFiles: z.object({ added: z.array(z.string()), kept: z.array(z.string()) }).optional(),
  }),
);
export type RestoreView = z.infer<typeof RestoreView>;

export const BackupView = z.lazy(() =>
  z.object({
    /** Absolute path. */
    file: z.string(),
    createdAt: IsoTime,
    bytes: z.number().int(),
    connections: z.number().int(),
    /** Records that had to be left out because their secret cannot be decrypted. */
    unreadable: z.number().int(),
  }),
);
export type BackupView = z.infer<typeof BackupView>;

export const KeyRotationView = z.lazy(() =>
  z.object({
    /** How many secrets were encrypted again. */
    secrets: z.number().int(),
    /** Where the key is from now on; null: the keychain. */
    source: z.string().nullable(),
    /** False: the keychain could not remove the old key; the next start does. */
    oldKeyRemoved: z.boolean(),
  }),
);
export type KeyRotationView = z.infer<typeof KeyRotationView>;
