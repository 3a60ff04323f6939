import { z } from 'zod';
import { ConnectionId, ExportId, IsoTime } from './ids.ts';

/** One thing that happened, redacted before it was stored. */
export const ActivityEntry = z.object({
  id: z.number().int(),
  at: IsoTime,
  level: z.enum(['info', 'warning', 'error']),
  /** Dotted name of what happened, such as `refresh.refreshed`. */
  event: z.string(),
  message: z.string(),
  connection: ConnectionId.nullable(),
  export: ExportId.nullable(),
});
export type ActivityEntry = z.infer<typeof ActivityEntry>;
