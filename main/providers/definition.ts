import { z } from 'zod';
import { ProviderId } from '../../contract/ids.ts';
import { SharedNetworkSettings } from '../../contract/network.ts';
import { SIGN_IN_METHODS } from '../../contract/vocabulary.ts';

const LOOPBACK_HOSTS = new Set(['127.0.0.1', '[::1]', 'localhost']);

/** True for `https:` addresses, and for `http:` ones that stay on this machine. */
export function isSafeEndpoint(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  if (url.username !== '' || url.password !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK_HOSTS.has(url.hostname));
}

const Endpoint = z.string().max(2000).refine(isSafeEndpoint, {
  error: 'must be an https: address (http: only on 127.0.0.1, [::1] or localhost)',
});

/** RFC 6749 §3.3: printable ASCII without space, quote and backslash. */
const ScopeToken = z
  .string()
  .max(200)
  .regex(/^[\x21\x23-\x5b\x5d-\x7e]+$/, 'a scope has no spaces, quotes or backslashes');

/** RFC 8252 §7.3: a loopback address of this machine. Atlassian matches it exactly. */
export const RedirectUri = z
  .string()
  .max(2000)
  .refine(
    (text) => {
      if (!URL.canParse(text)) return false;
      const url = new URL(text);
      return (
        url.protocol === 'http:' && LOOPBACK_HOSTS.has(url.hostname) && url.search === '' && url.hash === ''
      );
    },
    {
      error:
        'must be an http: address on 127.0.0.1, [::1] or localhost, without query, such as http://127.0.0.1:7979/callback',
    },
  );

const oauth2 = () =>
  z.strictObject({
    /** When the server names its issuer in the callback (RFC 9207), it must be this one. */
    issuer: Endpoint.optional(),
    authorizationUrl: Endpoint,
    tokenUrl: Endpoint,
    revocationUrl: Endpoint.optional(),
    /** Added to the authorization request, such as `audience` and `prompt`. */
    authorizationParameters: z.record(z.string().max(100), z.string().max(1000)).default({}),
    /** Always requested, whatever the person selects. */
    requiredScopes: z.array(ScopeToken).max(50).default([]),
    defaultScopes: z.array(ScopeToken).max(200).default([]),
    scopes: z
      .array(z.strictObject({ scope: ScopeToken, description: z.string().max(500) }))
      .max(1000)
      .default([]),
    scopePresets: z
      .array(z.strictObject({ name: z.string().max(100), scopes: z.array(ScopeToken).max(200) }))
      .max(50)
      .default([]),
    defaultRedirectUri: RedirectUri.default('http://127.0.0.1:7979/callback'),
    clientAuthentication: z.enum(['client_secret_post', 'client_secret_basic']).default('client_secret_post'),
    /** How a refresh token behaves here, and what the token endpoint's `error` values mean. */
    refresh: z
      .strictObject({
        /** How long a replaced refresh token is still accepted, seconds; 0: never. */
        reuseWindowSeconds: z.number().int().min(0).max(86_400).default(0),
        /** How long a refresh token lasts unused, seconds. */
        idleLifetimeSeconds: z.number().int().positive().optional(),
        /** `error` values by which the provider itself says that the grant is gone. */
        goneErrors: z.array(z.string()).default(['invalid_grant']),
        /** `error` values that put the app registration at fault, not the person's sign-in. */
        misconfiguredErrors: z.array(z.string()).default(['invalid_client', 'unauthorized_client']),
        /** Data Center wants `redirect_uri` again on a refresh. */
        repeatRedirectUri: z.boolean().default(false),
      })
      .prefault({}),
    /** A client that an organisation ships to its members with the definition. */
    client: z
      .strictObject({
        name: z.string().max(200).default('Shipped with the provider'),
        clientId: z.string().min(1).max(2000),
        clientSecret: z.string().min(1).max(10_000).optional(),
        redirectUri: RedirectUri.optional(),
      })
      .optional(),
  });

/** How to learn who signed in and what may be reached. */
const identity = () =>
  z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('atlassian-cloud'),
      /** `/me` and `/oauth/token/accessible-resources` are below it, and `/ex/jira/{cloudId}`. */
      apiUrl: Endpoint,
    }),
    /** OpenID Connect Core §5.3. */
    z.strictObject({ kind: z.literal('userinfo'), userinfoUrl: Endpoint }),
  ]);

/**
 * A service that issues credentials. Bundled ones are beside this file; people add their own as JSON files. The
 * schema is created on first use: most starts parse nothing.
 */
export const ProviderDefinition = z.lazy(() =>
  z.strictObject({
    id: ProviderId,
    name: z.string().min(1).max(100),
    docsUrl: Endpoint.optional(),
    /** Where a person can see and revoke grants. */
    manageUrl: Endpoint.optional(),
    /** Where a person registers an OAuth client. */
    registerUrl: Endpoint.optional(),
    methods: z.array(z.enum(SIGN_IN_METHODS)).min(1),
    oauth2: oauth2(),
    identity: identity(),
    /** For everyone's connections here; no secrets, and certificates are always checked. */
    network: SharedNetworkSettings.optional(),
  }),
);
export type ProviderDefinition = z.infer<typeof ProviderDefinition>;
