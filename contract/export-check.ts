import { z } from 'zod';
import { ExportView } from './export.ts';
import { ConnectionId, IsoTime } from './ids.ts';
import { EXPORT_CHECKS, EXPORT_CURES, WRITE_REASONS } from './vocabulary.ts';

export const ExportCure = z.enum(EXPORT_CURES);
export type ExportCure = z.infer<typeof ExportCure>;

/** One thing that was checked of an export. */
export const ExportFinding = z.lazy(() =>
  z.object({
    check: z.enum(EXPORT_CHECKS),
    ok: z.boolean(),
    message: z.string(),
    /** What to do, where the cure is not ours. */
    hint: z.string().optional(),
    /** What `exports.cure` can do about it. */
    cure: ExportCure.nullable(),
  }),
);
export type ExportFinding = z.infer<typeof ExportFinding>;

/** One write of an export's file that changed it. */
export const ExportWrite = z.lazy(() =>
  z.object({
    at: IsoTime,
    /** The connection that it followed at that time. */
    connection: z.object({ id: ConnectionId, name: z.string() }),
    why: z.enum(WRITE_REASONS),
    /** Names of the variables that changed; never a value. */
    variables: z.array(z.string()),
  }),
);
export type ExportWrite = z.infer<typeof ExportWrite>;

/** Whether the file was read since it was last written, as far as the system tells. */
export const ExportLastRead = z.lazy(() =>
  z.discriminatedUnion('state', [
    z.object({ state: z.literal('read'), at: IsoTime }),
    z.object({ state: z.literal('not-read') }),
    z.object({ state: z.literal('unknown'), why: z.string() }),
  ]),
);
export type ExportLastRead = z.infer<typeof ExportLastRead>;

/** Whether whoever reads an export's file gets what is current, and only they do. */
export const ExportCheck = z.lazy(() =>
  z.object({
    export: ExportView,
    findings: z.array(ExportFinding),
    lastRead: ExportLastRead,
    /** Programs of this user that have the file open. */
    openedBy: z.array(z.object({ pid: z.number().int(), program: z.string() })),
    /** The last writes that changed the file, newest first. */
    writes: z.array(ExportWrite),
    /** Names that this export can write. */
    variables: z.array(z.string()),
  }),
);
export type ExportCheck = z.infer<typeof ExportCheck>;
