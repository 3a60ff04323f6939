import { z } from 'zod';

export const CLIENT_AUTHENTICATION = ['client_secret_post', 'client_secret_basic', 'none'] as const;
export const ClientAuthentication = z.enum(CLIENT_AUTHENTICATION);
export type ClientAuthentication = z.infer<typeof ClientAuthentication>;

/**
 * What an authorization server says about itself (RFC 8414 §2, OpenID Connect Discovery §3), checked. Kept with the OAuth
 * client that signed in there, so that refreshing and revoking need no discovery.
 */
export const DiscoveredServer = z.lazy(() =>
  z.object({
    /** What was asked for: the definition's `issuer`, else its `resource`. */
    of: z.string(),
    /** As the server spells it; the callback must name the same (RFC 9207 §2.4). */
    issuer: z.string(),
    authorizationUrl: z.string().optional(),
    tokenUrl: z.string().optional(),
    deviceAuthorizationUrl: z.string().optional(),
    registrationUrl: z.string().optional(),
    revocationUrl: z.string().optional(),
    userinfoUrl: z.string().optional(),
    jwksUrl: z.string().optional(),
    /** Of the protected resource, as its metadata spells it (RFC 9728 §2). */
    resource: z.string().optional(),
    /** Every callback names the issuer (RFC 9207 §3). */
    namesIssuer: z.boolean(),
    /** An address may be a client id (draft-ietf-oauth-client-id-metadata-document). */
    clientIdDocuments: z.boolean(),
    /** How clients may authenticate, of the ways that we know; null: it does not say. */
    clientAuthentication: z.array(ClientAuthentication).nullable(),
    /** `grant_type` values; null: it does not say. */
    grantTypes: z.array(z.string()).nullable(),
  }),
);
export type DiscoveredServer = z.infer<typeof DiscoveredServer>;
