import { z } from 'zod';
import { Account, Site } from './connection.ts';
import { Failure } from './errors.ts';
import { ConnectionId, IsoTime, ProviderId, SignInId } from './ids.ts';

/** The stage of a sign-in. Everything after `waiting` happens in the core. */
export const SignInStage = z.discriminatedUnion('stage', [
  /**
   * `listening` is false when the port was taken: then the callback address must be pasted. `opened`: a browser was
   * started with the address.
   */
  z.object({
    stage: z.literal('waiting'),
    authorizeUrl: z.string(),
    redirectUri: z.string(),
    listening: z.boolean(),
    opened: z.boolean(),
    notice: z.string().nullable(),
    deadline: IsoTime,
  }),
  z.object({ stage: z.literal('exchanging') }),
  z.object({ stage: z.literal('choose-site'), account: Account, sites: z.array(Site) }),
  /** On reconnect, the person signed in with a different account; it is used only after `sign-in.accept-account`. */
  z.object({ stage: z.literal('confirm-account'), expected: Account, actual: Account }),
  z.object({ stage: z.literal('done'), connection: ConnectionId }),
  z.object({ stage: z.literal('failed'), error: Failure }),
]);
export type SignInStage = z.infer<typeof SignInStage>;

export const SignInView = z.object({
  id: SignInId,
  provider: ProviderId,
  providerName: z.string(),
  /** The connection that is being reconnected; null for a new one. */
  reconnects: ConnectionId.nullable(),
  startedAt: IsoTime,
  stage: SignInStage,
});
export type SignInView = z.infer<typeof SignInView>;
