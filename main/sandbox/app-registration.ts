import { z } from 'zod';
import { RedirectUri } from '../providers/address.ts';

/** An OAuth client as somebody would have registered it with a service. */
export const AppRegistration = z.object({
  name: z.string(),
  clientId: z.string(),
  /** Null: a public client, which has none. */
  clientSecret: z.string().nullable(),
  /** Matched exactly; `loopback` takes any address on this machine, so that tests can use free ports. */
  redirectUris: z.union([z.literal('loopback'), z.array(z.string()).readonly()]),
  /** The only ones that it may ask for, besides `offline_access`. Absent: any. */
  scopes: z.array(z.string()).optional(),
  /** Whom the client acts as when it signs in by itself (RFC 6749 §4.4). */
  account: z
    .object({
      key: z.string(),
      scopes: z.array(z.string()),
      sites: z.union([z.literal('all'), z.array(z.string())]),
    })
    .optional(),
});
export type AppRegistration = z.infer<typeof AppRegistration>;

/** The app that the sandbox's provider definition ships. Its secret opens nothing but the sandbox. */
export const SANDBOX_APP = {
  name: 'Tokentray',
  clientId: 'tokentray-sandbox-app',
  clientSecret: 'tokentray-sandbox-secret-that-opens-nothing-else',
  redirectUris: 'loopback',
} as const satisfies AppRegistration;

/** The client that is registered beforehand at another service of the sandbox. */
export const clientOf = (service: string, secret: 'confidential' | 'public'): AppRegistration => ({
  name: 'Tokentray',
  clientId: `tokentray-sandbox-${service}`,
  clientSecret: secret === 'public' ? null : `tokentray-sandbox-${service}-secret-that-opens-nothing-else`,
  redirectUris: 'loopback',
});

export const allowsRedirectUri = ({ redirectUris }: AppRegistration, uri: string): boolean =>
  redirectUris === 'loopback' ? RedirectUri.safeParse(uri).success : redirectUris.includes(uri);
