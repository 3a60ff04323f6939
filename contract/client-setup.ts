import { z } from 'zod';

/** Which characters a value consists of; `printable` is every one that a client ID may have. */
export const SHAPE_CHARACTERS = ['digits', 'hex', 'letters-digits', 'base64url', 'printable'] as const;

/** What a client ID or secret of a provider usually looks like. No expression: a file of somebody else may say it. */
export const ValueShape = z.lazy(() =>
  z.object({
    characters: z.enum(SHAPE_CHARACTERS).optional(),
    prefixes: z.array(z.string()).optional(),
    suffix: z.string().optional(),
    lengths: z.array(z.number().int()).optional(),
  }),
);
export type ValueShape = z.infer<typeof ValueShape>;

const Steps = z.lazy(() =>
  z.object({
    /** Where the client is created. */
    console: z.string().nullable(),
    permissions: z.string().nullable(),
    redirectUri: z.string().nullable(),
    credentials: z.string().nullable(),
  }),
);

/** How a person registers an OAuth client with a provider, as far as its definition says so; null: general words are used. */
export const ClientSetupView = z.lazy(() =>
  z.object({
    /** What the place is called, within a sentence. */
    console: z.string().nullable(),
    minutes: z.number().int().nullable(),
    note: z.string().nullable(),
    steps: Steps,
    /** What the provider calls them. */
    labels: z.object({
      clientId: z.string().nullable(),
      clientSecret: z.string().nullable(),
      redirectUri: z.string().nullable(),
    }),
    /** Whether scopes are part of the registration, or named by a sign-in alone; null: not known. */
    scopesAt: z.enum(['registration', 'request']).nullable(),
    secret: z.enum(['required', 'optional', 'none']).nullable(),
    shapes: z.object({ clientId: ValueShape.nullable(), clientSecret: ValueShape.nullable() }),
    /** Beginnings of other secrets of the provider, which are pasted by mistake. */
    otherSecrets: z.array(z.object({ prefix: z.string(), name: z.string() })),
    /** Null where the definition has no service accounts. */
    serviceAccount: z
      .object({ registerUrl: z.string().nullable(), console: z.string().nullable(), steps: Steps })
      .nullable(),
    /** Whether a sign-in may come back on any port. */
    anyPort: z.boolean(),
  }),
);
export type ClientSetupView = z.infer<typeof ClientSetupView>;
