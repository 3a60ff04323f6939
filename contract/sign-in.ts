import { z } from 'zod';
import { Account, Site } from './connection.ts';
import { Failure } from './errors.ts';
import { ConnectionId, IsoTime, OAuthClientId, ProviderId, SignInId } from './ids.ts';

/** One thing that a person enters. `secret` values are never echoed, and never sent back to a window. */
export const SignInField = z.lazy(() =>
  z.object({
    name: z.string(),
    label: z.string(),
    kind: z.enum(['text', 'email', 'url', 'secret', 'date', 'choice']),
    optional: z.boolean(),
    hint: z.string().nullable(),
    /** What is filled in already; never a secret. */
    value: z.string().nullable(),
    /** For `choice`. */
    choices: z.array(z.object({ value: z.string(), label: z.string() })),
  }),
);
export type SignInField = z.infer<typeof SignInField>;

/** The stage of a sign-in. Everything after `waiting` happens in the core. */
export const SignInStage = z.lazy(() =>
  z.discriminatedUnion('stage', [
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
    /** `sign-in.answer` gives the values. `error`: what was wrong with the last ones. */
    z.object({
      stage: z.literal('enter-secret'),
      fields: z.array(SignInField),
      /** Where the person creates such a credential. */
      createUrl: z.string().nullable(),
      notice: z.string().nullable(),
      error: Failure.nullable(),
      deadline: IsoTime,
    }),
    /** Device flow (RFC 8628 §3.3): the person enters the code at the address, on any device. */
    z.object({
      stage: z.literal('enter-code'),
      userCode: z.string(),
      verificationUrl: z.string(),
      /** The address with the code in it, where the provider has one. */
      completeUrl: z.string().nullable(),
      notice: z.string().nullable(),
      deadline: IsoTime,
    }),
    /** `notice`: why it takes longer. */
    z.object({ stage: z.literal('exchanging'), notice: z.string().nullable() }),
    z.object({ stage: z.literal('choose-site'), account: Account, sites: z.array(Site) }),
    /** On reconnect, the person signed in with a different account; it is used only after `sign-in.accept-account`. */
    z.object({ stage: z.literal('confirm-account'), expected: Account, actual: Account }),
    z.object({ stage: z.literal('done'), connection: ConnectionId }),
    z.object({ stage: z.literal('failed'), error: Failure }),
  ]),
);
export type SignInStage = z.infer<typeof SignInStage>;

export const SignInView = z.lazy(() =>
  z.object({
    id: SignInId,
    provider: ProviderId,
    providerName: z.string(),
    /** The connection that is being reconnected; null for a new one. */
    reconnects: ConnectionId.nullable(),
    /** The OAuth client that it signs in with, and the scopes that it asks for. */
    client: OAuthClientId.nullable().optional(),
    scopes: z.array(z.string()).nullable().optional(),
    startedAt: IsoTime,
    stage: SignInStage,
  }),
);
export type SignInView = z.infer<typeof SignInView>;
