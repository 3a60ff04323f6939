import { z } from 'zod';
import { ClientSetupView } from './client-setup.ts';
import { OAuthGrant, SignInMethod } from './connection.ts';
import { OAuthClientId, ProviderId } from './ids.ts';
import { SharedNetworkSettings } from './network.ts';

/** `console`: the heading under which the provider's console has it, such as `Jira API`. */
const ScopeView = z.lazy(() =>
  z.object({ scope: z.string(), description: z.string(), console: z.string().nullable().optional() }),
);

/** An OAuth client as callers may see it. The secret itself never leaves the core. */
export const OAuthClientView = z.lazy(() =>
  z.object({
    id: OAuthClientId,
    provider: ProviderId,
    name: z.string(),
    clientId: z.string(),
    hasSecret: z.boolean(),
    redirectUri: z.string(),
    /** `provider` clients are part of a definition and cannot be removed here; `registered` ones were made by Tokentray. */
    origin: z.enum(['user', 'provider', 'registered']),
    /** It belongs to a service account: a person's sign-in does not take it. */
    serviceAccount: z.boolean().optional(),
    connections: z.number().int(),
    /** Those that its registration has, as far as a person said so: what a sign-in with it asks for unless it says otherwise. */
    scopes: z.array(z.string()).optional(),
  }),
);
export type OAuthClientView = z.infer<typeof OAuthClientView>;

export const ProviderView = z.lazy(() =>
  z.object({
    id: ProviderId,
    name: z.string(),
    methods: z.array(SignInMethod),
    /** Of the method `oauth2`; none where the provider does not have it. */
    grants: z.array(OAuthGrant),
    /** Whether signing in with `oauth2` needs an OAuth client that the person registered. */
    needsClient: z.boolean(),
    /** Self-hosted: what its address looks like; `value` is the usual one. Null where there is nothing to enter. */
    instance: z.object({ example: z.string(), value: z.string().nullable() }).nullable(),
    /** `scopePattern`: parts of the names of its scopes, separated by `|`. */
    apis: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        scopePattern: z.string().nullable().optional(),
        /** Where a client's registration has its scopes. */
        console: z.string().nullable().optional(),
      }),
    ),
    /** Whether the sign-in was tried with the real service, and which documentation it is from. */
    tried: z.boolean(),
    source: z.string().nullable(),
    registerUrl: z.string().nullable(),
    origin: z.enum(['bundled', 'override', 'added', 'sandbox']),
    /** The user's file behind it, where there is one. */
    file: z.string().nullable(),
    scopes: z.array(ScopeView),
    /** Requested with every sign-in, whatever is asked for. */
    requiredScopes: z.array(z.string()),
    defaultScopes: z.array(z.string()),
    /** `description`: what it allows, in words; `notice`: what to know before choosing it. */
    scopePresets: z.array(
      z.object({
        name: z.string(),
        description: z.string().nullable(),
        scopes: z.array(z.string()),
        notice: z.string().nullable(),
      }),
    ),
    docsUrl: z.string().nullable(),
    defaultRedirectUri: z.string().nullable(),
    /** How a person registers an OAuth client; null where there are none. */
    setup: ClientSetupView.nullable().optional(),
    clients: z.array(OAuthClientView),
  }),
);
export type ProviderView = z.infer<typeof ProviderView>;

/** A provider file that could not be used: which file, which field, what to do. */
export const ProviderProblem = z.lazy(() =>
  z.object({
    file: z.string(),
    field: z.string().nullable(),
    message: z.string(),
    hint: z.string(),
  }),
);
export type ProviderProblem = z.infer<typeof ProviderProblem>;

/** What a provider file would do, to be shown before it is taken. */
export const ProviderFileView = z.lazy(() =>
  z.object({
    id: ProviderId,
    name: z.string(),
    methods: z.array(SignInMethod),
    /** Where credentials are sent, as origins; `{instance}` stands for an address that the person enters. */
    talksTo: z.array(z.string()),
    /** An OAuth client that comes with it. */
    client: z.object({ name: z.string(), clientId: z.string(), hasSecret: z.boolean() }).nullable(),
    /** Which way its requests take and whose certificates are trusted; null: as the defaults say. */
    network: SharedNetworkSettings.nullable(),
    /** Whether it changes a provider that Tokentray includes. */
    changes: z.boolean(),
    /** The file that defines this provider already, which it would replace. */
    replaces: z.string().nullable(),
  }),
);
export type ProviderFileView = z.infer<typeof ProviderFileView>;
