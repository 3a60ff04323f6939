import { z } from 'zod';
import { ConnectionRef, define, EVERYONE } from './define-call.ts';
import { ConnectionUse } from './use.ts';

/** Calls about how a connection is used. */
export const USE_CALLS = {
  'use.example': define(
    'What an example for a connection is made of: how commands are called, a first request, how the credential is sent',
    EVERYONE,
    () => z.strictObject({ connection: ConnectionRef }),
    ConnectionUse,
  ),
} as const;
