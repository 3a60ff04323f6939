import { z } from 'zod';
import { AddressTemplate } from './address.ts';

/** Field name (RFC 9110 §5.1). */
const HeaderName = z.string().regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/, 'must be the name of a header');

/** Where and how a secret is sent. `route` names which of an API's addresses it works at. */
const way = () =>
  z.discriminatedUnion('as', [
    z.strictObject({ as: z.literal('bearer'), route: z.string().max(50).default('default') }),
    /** RFC 7617, with the user name that the person entered. */
    z.strictObject({ as: z.literal('basic'), route: z.string().max(50).default('default') }),
    z.strictObject({
      as: z.literal('header'),
      header: HeaderName,
      /** Stands before the secret, such as `GenieKey `. */
      prefix: z.string().max(100).default(''),
      /** Further secrets, each asked for and sent in a header of its own. */
      also: z
        .array(
          z.strictObject({
            label: z.string().min(1).max(100),
            header: HeaderName,
            prefix: z.string().max(100).default(''),
          }),
        )
        .max(3)
        .default([]),
      route: z.string().max(50).default('default'),
    }),
  ]);
export type Way = z.infer<ReturnType<typeof way>>;

/** A secret that a person creates at the provider and pastes here. */
const pasted = <M extends string>(method: M) =>
  z.strictObject({
    method: z.literal(method),
    /** What the provider calls it. */
    label: z.string().max(100).optional(),
    /** Where a person creates one. */
    createUrl: AddressTemplate.optional(),
    /** What it must be able to do, in words. */
    hint: z.string().max(500).optional(),
    /** Whether and how a user name is asked for; it is needed for `basic`. */
    username: z.enum(['none', 'email', 'text', 'optional-email']).default('none'),
    /** Tried in this order; the first that works is kept. */
    ways: z.array(way()).min(1).max(10),
    /** `none`: it belongs to a repository, a page or a program, so it is kept although nothing says whose it is. */
    owner: z.enum(['user', 'none']).default('user'),
    /** `ask`: it ends at a time that only the person knows. `read`: the provider tells, as `expiryFrom` says. */
    expiry: z.enum(['none', 'ask', 'read']).default('ask'),
    /**
     * Where the first API says when tokens end: of this token, or of all the person's tokens in a list. From a list, the
     * time is taken when every token in it ends on one day.
     */
    expiryFrom: z
      .strictObject({
        path: z.string().max(500).regex(/^\//, 'must start with a slash'),
        /** Field of the time (ISO 8601, or epoch ms), names separated by dots. */
        ends: z.string().max(200),
      })
      .optional(),
    /** How such secrets begin here; something else only leads to a warning. */
    prefixes: z.array(z.string().min(1).max(50)).max(20).default([]),
    /** Beginnings of secrets that cannot work here, with the reason. */
    refused: z
      .array(z.strictObject({ prefix: z.string().min(1).max(50), reason: z.string().max(500) }))
      .max(20)
      .default([]),
  });

export const secretMethods = () =>
  [
    pasted('api-token'),
    pasted('personal-access-token'),
    pasted('basic'),
    pasted('api-key'),
    pasted('access-token'),
  ] as const;
export type SecretMethod = z.infer<ReturnType<typeof secretMethods>[number]>;

const NAMES: Readonly<Record<SecretMethod['method'], string>> = {
  'api-token': 'API token',
  'personal-access-token': 'personal access token',
  basic: 'password',
  'api-key': 'API key',
  'access-token': 'access token',
};

/** What people call such a secret, in the middle of a sentence. */
export const secretName = ({ method, label }: Pick<SecretMethod, 'method' | 'label'>): string =>
  label ?? NAMES[method];
