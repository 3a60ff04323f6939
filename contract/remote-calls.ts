import { z } from 'zod';
import { CredentialField } from './connection.ts';
import { ConnectionRef, define, EVERYONE, None } from './define-call.ts';
import { ConsumerView } from './gateway.ts';

/** Calls about keys for other machines and containers, to which the socket for them is carried. */
export const REMOTE_CALLS = {
  'remote.list': define(
    'The socket for other machines and containers, and the keys for it',
    EVERYONE,
    None,
    () =>
      z.object({
        /** Absolute path; the folder around it holds nothing else and can be mounted. Null where there is none (Windows). */
        socket: z.string().nullable(),
        /** It listens while there are keys; why not, if it cannot. */
        problem: z.string().nullable(),
        keys: z.array(ConsumerView),
      }),
  ),
  'remote.add': define(
    'Creates a key for another machine or a container; it is shown this once',
    EVERYONE,
    () =>
      z.strictObject({
        name: z.string().max(200),
        connections: z.array(ConnectionRef).min(1).max(100),
        /** Absent: every field, and variables of presets. */
        fields: z.array(CredentialField).min(1).max(50).optional(),
        /** A date (its last day) or a time, ISO 8601. */
        expires: z.string().min(1).max(100).optional(),
      }),
    () => z.object({ consumer: ConsumerView, key: z.string(), socket: z.string() }),
  ),
  'remote.remove': define(
    'Removes a key; whoever has it reads nothing any more',
    EVERYONE,
    () => z.strictObject({ key: z.string().min(1).max(200) }),
    () => z.object({ id: z.string() }),
  ),
} as const;
