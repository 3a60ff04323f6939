import { z } from 'zod';
import { ConnectionId, ExportId, IsoTime } from './ids.ts';

export const ActivityLevel = z.enum(['info', 'warning', 'error']);
export type ActivityLevel = z.infer<typeof ActivityLevel>;

/** One thing that happened, redacted before it was stored. */
export const ActivityEntry = z.lazy(() =>
  z.object({
    id: z.number().int(),
    at: IsoTime,
    level: ActivityLevel,
    /** Dotted name of what happened, such as `refresh.refreshed`. */
    event: z.string(),
    message: z.string(),
    connection: ConnectionId.nullable(),
    export: ExportId.nullable(),
  }),
);
export type ActivityEntry = z.infer<typeof ActivityEntry>;
