import { z } from 'zod';
import { ConnectionRef, define, EVERYONE } from './define-call.ts';
import { ConnectionUse } from './use.ts';

/** What examples of the use of a connection are made of. */
export const EXAMPLE_CALLS = {
  'use.example': define(
    'What an example for a connection is made of: how commands are called, a first request, how the credential is sent',
    EVERYONE,
    () => z.strictObject({ connection: ConnectionRef }),
    ConnectionUse,
  ),
} as const;
