import { z } from 'zod';
import { ConnectionView } from './connection.ts';
import { ConnectionRef, define, EVERYONE } from './define-call.ts';
import { ConnectionUse } from './example.ts';
import { ConnectionId } from './ids.ts';
import { UseView } from './uses.ts';

/** Calls about connections: what was done to them a moment ago, who uses them, and how they are used. */
export const CONNECTION_CALLS = {
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
  'connections.uses': define(
    'Who used a connection: commands, programs and keys, the latest first',
    EVERYONE,
    () => z.strictObject({ connection: ConnectionRef }),
    () => z.object({ uses: z.array(UseView) }),
  ),
  'connections.example': define(
    'What an example for a connection is made of: how commands are called, a first request, how the credential is sent',
    EVERYONE,
    () => z.strictObject({ connection: ConnectionRef }),
    ConnectionUse,
  ),
} as const;
