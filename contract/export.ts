import { z } from 'zod';
import { Failure } from './errors.ts';
import { ConnectionId, ExportId, IsoTime, ProviderId } from './ids.ts';
import { ENV_FORMATS, EXPORT_MODES } from './vocabulary.ts';

/** Name of a preset: one that is included, or the person's own. */
export const PresetName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'must be lower-case letters, digits and dashes, at most 63');
export type PresetName = z.infer<typeof PresetName>;

/** How variables are written. */
export const EnvFormat = z.enum(ENV_FORMATS);
export type EnvFormat = z.infer<typeof EnvFormat>;

/** How a file is written; a template decides that itself. */
export const ExportFormat = z.enum([...ENV_FORMATS, 'template']);
export type ExportFormat = z.infer<typeof ExportFormat>;

/** Which connection an export follows: one, whichever is active for a provider, or the one that a folder is bound to. */
export const ExportTarget = z.lazy(() =>
  z.discriminatedUnion('follows', [
    z.object({ follows: z.literal('connection'), connection: ConnectionId }),
    z.object({ follows: z.literal('active'), provider: ProviderId }),
    /** Absolute path; the binding may also be that of a folder above. */
    z.object({ follows: z.literal('folder'), folder: z.string() }),
  ]),
);
export type ExportTarget = z.infer<typeof ExportTarget>;

export const ExportStatus = z.lazy(() =>
  z.discriminatedUnion('state', [
    z.object({ state: z.literal('written'), at: IsoTime }),
    z.object({ state: z.literal('pending') }),
    z.object({ state: z.literal('failed'), since: IsoTime, error: Failure }),
    /** A named pipe that answers whoever reads it; `readAt`: when somebody last did. */
    z.object({ state: z.literal('waiting'), readAt: IsoTime.nullable() }),
  ]),
);
export type ExportStatus = z.infer<typeof ExportStatus>;

/**
 * `block`: our lines between markers in a file that belongs to someone else; `whole`: the whole file is ours; `pipe`: a
 * named pipe, which gives each reader what is current and keeps nothing on disk.
 */
export const ExportMode = z.enum(EXPORT_MODES);
export type ExportMode = z.infer<typeof ExportMode>;

export const ExportView = z.lazy(() =>
  z.object({
    id: ExportId,
    /** Absolute path. */
    file: z.string(),
    preset: PresetName,
    format: ExportFormat,
    mode: ExportMode,
    /** The file is written to, not replaced, so that it stays the one that a container has mounted. */
    inPlace: z.boolean(),
    target: ExportTarget,
    /** The connection it follows at this moment; null when there is none. */
    connection: z.object({ id: ConnectionId, name: z.string() }).nullable(),
    status: ExportStatus,
    /** When the token that the file holds ends or ended; null: not known, or the file holds none. */
    tokenEndsAt: IsoTime.nullable(),
    /** Such as "git tracks this file"; each with what to do. */
    warnings: z.array(z.string()),
  }),
);
export type ExportView = z.infer<typeof ExportView>;

/** One variable of a preset. `secret` ones are masked in previews. */
export const EnvVariable = z.lazy(() =>
  z.object({ name: z.string(), value: z.string(), secret: z.boolean() }),
);
export type EnvVariable = z.infer<typeof EnvVariable>;
