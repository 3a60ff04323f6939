import { z } from 'zod';
import { ConnectionView } from './connection.ts';
import { define, EVERYONE } from './define-call.ts';
import { ConnectionId } from './ids.ts';

/** Taking back what was done to connections a moment ago. */
export const UNDO_CALLS = {
  'connections.undo': define(
    'Within 30 seconds, puts removed connections back as they were; without naming any, undoes the last removal or switch of the active connection',
    EVERYONE,
    () => z.strictObject({ connections: z.array(ConnectionId).min(1).max(10_000).optional() }),
    () =>
      z.object({
        kind: z.enum(['remove', 'use']),
        /** Those that are back, or the one that is active again. A name that was taken meanwhile has a number. */
        connections: z.array(ConnectionView),
      }),
  ),
} as const;
