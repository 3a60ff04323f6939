import { z } from 'zod';
import { Failure } from './errors.ts';
import { IsoTime } from './ids.ts';
import { LOCKED_BY } from './vocabulary.ts';

/** Where secrets are kept and whether they can be read now. */
export const KeychainStatus = z.discriminatedUnion('state', [
  z.object({ state: z.literal('opening') }),
  z.object({ state: z.literal('ready') }),
  /** Secrets are kept in memory only, until the process ends. */
  z.object({ state: z.literal('session-only') }),
  z.object({ state: z.literal('unavailable'), error: Failure }),
  /** Tokentray is locked, whatever the keychain is: nothing is read until a person unlocks it. */
  z.object({
    state: z.literal('locked'),
    since: IsoTime,
    by: z.enum(LOCKED_BY),
    /** Refreshing goes on, so that the key is still in memory. */
    refreshing: z.boolean(),
  }),
]);
export type KeychainStatus = z.infer<typeof KeychainStatus>;

/** What only a desktop shell has. */
export const DesktopStatus = z.object({
  /** False where the desktop shows no tray icons. */
  tray: z.boolean(),
  /** Whether the app starts when the person logs in; null where the system does not support it. */
  startsAtLogin: z.boolean().nullable(),
});
export type DesktopStatus = z.infer<typeof DesktopStatus>;

/** A row of the store that cannot be read. It keeps its name taken, and can only be removed, by its id or name. */
export const DamagedRecord = z.object({
  kind: z.enum(['connection', 'client', 'export', 'consumer']),
  id: z.string(),
  /** As far as it is known; the file of an export. */
  name: z.string(),
});
export type DamagedRecord = z.infer<typeof DamagedRecord>;

export const AppStatus = z.object({
  running: z.literal(true),
  host: z.enum(['electron', 'browser']),
  /** Null where there is no desktop shell. */
  desktop: DesktopStatus.nullable(),
  pid: z.number().int(),
  version: z.string(),
  /** The data folder. */
  home: z.string(),
  /** The person's home folder, which paths are shown from with `~`; empty: there is none. */
  userHome: z.string(),
  socket: z.string(),
  /** Number of connections. */
  connections: z.number().int(),
  sandbox: z.object({ url: z.string() }).nullable(),
  keychain: KeychainStatus,
  /** Where the key comes from, such as `file:/run/secrets/key`; absent: the keychain. */
  keySource: z.string().optional(),
  /** Why nothing can be saved, for example because the database was removed; null if everything can. */
  database: Failure.nullable(),
  refreshingPaused: z.boolean(),
  /** Absent while all that is stored can be read. */
  damaged: z.array(DamagedRecord).optional(),
});
export type AppStatus = z.infer<typeof AppStatus>;

/** One finding of `doctor`. */
export const DoctorFinding = z.lazy(() =>
  z.object({
    check: z.string(),
    ok: z.boolean(),
    message: z.string(),
    hint: z.string().optional(),
    /** What the system itself said, redacted. */
    detail: z.string().optional(),
  }),
);
export type DoctorFinding = z.infer<typeof DoctorFinding>;
