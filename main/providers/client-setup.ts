import { z } from 'zod';
import { SHAPE_CHARACTERS } from '../../contract/client-setup.ts';
import { AddressTemplate } from './address.ts';

/** Words for a person, on one line. */
const Words = z
  .string()
  .min(1)
  .max(500)
  .regex(/^[^\p{Cc}]*$/u, 'must be one line of plain text');

const Label = z
  .string()
  .min(1)
  .max(60)
  .regex(/^[^\p{Cc}]*$/u, 'must be one line of plain text');

const steps = () =>
  z.strictObject({
    /** Where to click to create the client. */
    console: Words.optional(),
    permissions: Words.optional(),
    redirectUri: Words.optional(),
    credentials: Words.optional(),
  });

/** What a value usually looks like. It only warns: providers change such things without notice. */
const shape = () =>
  z
    .strictObject({
      characters: z.enum(SHAPE_CHARACTERS).optional(),
      /** One of these is its beginning. */
      prefixes: z.array(Label).min(1).max(10).optional(),
      suffix: Label.optional(),
      lengths: z.array(z.number().int().min(1).max(10_000)).min(1).max(10).optional(),
    })
    .refine((given) => Object.keys(given).length > 0, {
      error: 'says nothing: add what such a value looks like',
    });

/** How a person registers an OAuth client with the provider, step by step; all of it is for people, nothing is decided by it. */
export const clientSetup = () =>
  z.strictObject({
    /** What the place is called, within a sentence: `Atlassian’s developer console`. */
    console: Label.optional(),
    /** How long it takes the first time. */
    minutes: z.number().int().min(1).max(120).optional(),
    /** What a person should know before they begin. */
    note: Words.optional(),
    steps: steps().optional(),
    /** What the provider calls them, where it has other words, such as `Key`. */
    labels: z
      .strictObject({
        clientId: Label.optional(),
        clientSecret: Label.optional(),
        redirectUri: Label.optional(),
      })
      .optional(),
    /** Whether scopes are part of the registration, or named by a sign-in alone. */
    scopesAt: z.enum(['registration', 'request']).optional(),
    secret: z.enum(['required', 'optional', 'none']).optional(),
    shapes: z.strictObject({ clientId: shape().optional(), clientSecret: shape().optional() }).optional(),
    /** Of a service account’s client. */
    serviceAccount: z
      .strictObject({
        registerUrl: AddressTemplate.optional(),
        console: Label.optional(),
        steps: steps().optional(),
      })
      .optional(),
  });
export type ClientSetup = z.infer<ReturnType<typeof clientSetup>>;
