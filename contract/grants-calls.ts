import { z } from 'zod';
import { ConnectionView } from './connection.ts';
import { ConnectionRef, define, EVERYONE, None } from './define-call.ts';
import { GrantView } from './grants.ts';
import { GrantId } from './ids.ts';
import { APPROVALS } from './vocabulary.ts';

/** Calls about programs of this machine: which connections they need the person for, and what the person answered. */
export const GRANTS_CALLS = {
  'connections.set-approval': define(
    'Sets whether a program that asks for a connection’s credential needs the person’s approval',
    EVERYONE,
    () => z.strictObject({ connection: ConnectionRef, approval: z.enum(APPROVALS) }),
    ConnectionView,
  ),
  'grants.list': define('What programs were allowed or denied, as long as it holds', EVERYONE, None, () =>
    z.object({ grants: z.array(GrantView) }),
  ),
  'grants.revoke': define(
    'Forgets answers: the programs are asked about again',
    EVERYONE,
    () => z.strictObject({ grants: z.array(GrantId).min(1).max(1000) }),
    () => z.object({ revoked: z.array(GrantId) }),
  ),
} as const;
