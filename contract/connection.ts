import { z } from 'zod';
import { ConnectionId, IsoTime, OAuthClientId, ProviderId, SignInId } from './ids.ts';
import { APPROVALS, CREDENTIAL_FIELDS, OAUTH_GRANTS, SIGN_IN_METHODS } from './vocabulary.ts';

export const SignInMethod = z.enum(SIGN_IN_METHODS);
export type SignInMethod = z.infer<typeof SignInMethod>;

export const OAuthGrant = z.enum(OAUTH_GRANTS);
export type OAuthGrant = z.infer<typeof OAuthGrant>;

/** Who the credential belongs to at the provider. Data Center has no e-mail in some set-ups. */
export const Account = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  pictureUrl: z.string().nullable(),
});
export type Account = z.infer<typeof Account>;

/**
 * Where a credential works: an Atlassian Cloud site, or the instance of a self-hosted product (`cloudId` null, `url` its
 * base address). `products` are the ids of the APIs that it opens there; empty: unknown.
 */
export const Site = z.object({
  cloudId: z.string().nullable(),
  name: z.string(),
  url: z.string(),
  products: z.array(z.string()),
});
export type Site = z.infer<typeof Site>;

/** State of a connection with the data that explains it: when, why, next try. */
export const ConnectionStatus = z.lazy(() =>
  z.discriminatedUnion('state', [
    z.object({ state: z.literal('connecting'), signIn: SignInId }),
    z.object({ state: z.literal('connected') }),
    z.object({ state: z.literal('refreshing'), since: IsoTime }),
    z.object({ state: z.literal('expiring'), expiresAt: IsoTime }),
    /**
     * `fault` is what is wrong: the grant that the provider ended, the app registration, the key that tokens are
     * encrypted under, or what they are stored in (a full disk, a locked keychain, damage).
     */
    z.object({
      state: z.literal('needs-reconnect'),
      since: IsoTime,
      reason: z.string(),
      fault: z.enum(['grant', 'configuration', 'key-lost', 'storage']),
      hint: z.string(),
    }),
    z.object({ state: z.literal('missing-scope'), since: IsoTime, scopes: z.array(z.string()) }),
    /** It cannot be refreshed for now. `answered`: not because nobody answered; the provider did, with an error or to wait. */
    z.object({
      state: z.literal('offline'),
      since: IsoTime,
      reason: z.string(),
      retryAt: IsoTime,
      answered: z.boolean(),
    }),
    /** `since` is null when not this connection alone but all refreshing is paused. */
    z.object({ state: z.literal('paused'), since: IsoTime.nullable() }),
  ]),
);
export type ConnectionStatus = z.infer<typeof ConnectionStatus>;

/** A connection as every caller may see it: no token, no secret. */
export const ConnectionView = z.lazy(() =>
  z.object({
    id: ConnectionId,
    name: z.string(),
    provider: ProviderId,
    providerName: z.string(),
    method: SignInMethod,
    client: z.object({ id: OAuthClientId, name: z.string() }).nullable(),
    account: Account,
    site: Site.nullable(),
    /** Every site the grant covers; `site` is the selected one. */
    sites: z.array(Site),
    /** The only addresses at which its credential works; the paths of the API's documentation follow them. */
    apis: z.array(z.object({ id: z.string(), name: z.string(), url: z.string() })),
    /** How it was obtained; null for methods other than `oauth2`. */
    grant: OAuthGrant.nullable(),
    /** The user name that is sent with the credential; null where it is sent alone. */
    username: z.string().nullable(),
    /** The header in which it is sent, with bullets in the place of what is secret. */
    header: z.object({ name: z.string(), value: z.string() }),
    /** Granted scopes. */
    scopes: z.array(z.string()),
    requestedScopes: z.array(z.string()),
    /** Requested scopes that were not granted; never a scope that this provider does not list among granted scopes. */
    missingScopes: z.array(z.string()),
    status: ConnectionStatus,
    /** Whether unnamed commands and "active" exports of this provider follow it. */
    active: z.boolean(),
    /** Expiry of the access token; null when the provider gives none. */
    expiresAt: IsoTime.nullable(),
    /** When the scheduler will refresh next; null when it will not. */
    nextRefreshAt: IsoTime.nullable(),
    /** When the refresh token expires if it is not used; null when unknown. */
    signInExpiresAt: IsoTime.nullable(),
    /** Whether it is renewed without the person. */
    canRefresh: z.boolean(),
    /** `ask`: a program that asks for its credential needs the person’s approval. */
    approval: z.enum(APPROVALS),
    /** Certificates of servers are not checked for it, so anyone on the way could read its token. Absent otherwise. */
    unverified: z.literal(true).optional(),
    /** What should be done about it although it works. Absent otherwise. */
    notice: z.object({ title: z.string(), message: z.string(), hint: z.string() }).optional(),
    createdAt: IsoTime,
    obtainedAt: IsoTime,
    lastRefreshAt: IsoTime.nullable(),
  }),
);
export type ConnectionView = z.infer<typeof ConnectionView>;

/** What `get` can print of a connection. */
export const CredentialField = z.enum(CREDENTIAL_FIELDS);
export type CredentialField = z.infer<typeof CredentialField>;
