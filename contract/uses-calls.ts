import { z } from 'zod';
import { ConnectionRef, define, EVERYONE } from './define-call.ts';
import { UseView } from './uses.ts';

/** Calls about who uses a connection. */
export const USES_CALLS = {
  'uses.list': define(
    'Who used a connection: commands, programs and keys, the latest first',
    EVERYONE,
    () => z.strictObject({ connection: ConnectionRef }),
    () => z.object({ uses: z.array(UseView) }),
  ),
} as const;
