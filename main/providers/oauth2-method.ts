import { z } from 'zod';
import { OAUTH_GRANTS } from '../../contract/vocabulary.ts';
import { ClientAuthentication } from '../oauth/discovered-server.ts';
import type { OAuthGrant } from '../../contract/connection.ts';
import { AddressTemplate, Endpoint, Host, LOOPBACK_NAMES, RedirectUri } from './address.ts';
import { clientSetup } from './client-setup.ts';

/** RFC 6749 §3.3: printable ASCII without space, quote and backslash. */
const ScopeToken = z
  .string()
  .max(200)
  .regex(/^[\x21\x23-\x5b\x5d-\x7e]+$/, 'must have no spaces, quotes or backslashes');

const Parameters = z.record(z.string().max(100), z.string().max(1000));

/** A client id that is the address of a document about the client (draft-ietf-oauth-client-id-metadata-document). */
export const isClientIdDocument = (clientId: string): boolean => clientId.startsWith('https://');

/** `oauth2`: OAuth 2.0 in the provider's own variety; what differs from the RFCs is said here, never in code. */
export const oauth2Method = () =>
  settings().superRefine((oauth2, context) => {
    for (const field of oauth2.discovery ? [] : ADDRESSES)
      if (oauth2[field.name] === undefined && oauth2.grants.some((grant) => field.grants.includes(grant)))
        context.addIssue({
          code: 'custom',
          path: [field.name],
          message: 'is missing: add it, or set "discovery" if the issuer publishes its addresses',
        });
  });

/** The addresses without which a grant cannot begin. */
const ADDRESSES: readonly {
  name: 'authorizationUrl' | 'deviceAuthorizationUrl' | 'tokenUrl';
  grants: readonly OAuthGrant[];
}[] = [
  { name: 'authorizationUrl', grants: ['authorization-code'] },
  { name: 'deviceAuthorizationUrl', grants: ['device-code'] },
  { name: 'tokenUrl', grants: OAUTH_GRANTS },
];

const settings = () =>
  z.strictObject({
    method: z.literal('oauth2'),
    grants: z.array(z.enum(OAUTH_GRANTS)).min(1).default(['authorization-code']),
    /**
     * When the server names its issuer in the callback (RFC 9207), it must be this one. With `discovery`, what is not
     * given here is read from its metadata (RFC 8414, OpenID Connect Discovery).
     */
    issuer: AddressTemplate.optional(),
    discovery: z.boolean().default(false),
    /** Other issuers that the metadata may name, for servers that get their own name wrong. No other is accepted. */
    issuerAliases: z.array(Endpoint).max(10).default([]),
    /** Hosts other than the issuer's that the metadata may name, such as `oauth2.googleapis.com`; with their port if it is unusual. */
    trustedHosts: z.array(Host).max(20).default([]),
    /**
     * The protected resource that tokens are for (RFC 8707), sent in every request. With `discovery` and without
     * `issuer`, its metadata says which server issues them (RFC 9728), as for MCP servers.
     */
    resource: AddressTemplate.optional(),
    authorizationUrl: AddressTemplate.optional(),
    tokenUrl: AddressTemplate.optional(),
    /** Where refresh requests go, if not to `tokenUrl`. */
    refreshUrl: AddressTemplate.optional(),
    deviceAuthorizationUrl: AddressTemplate.optional(),
    /** Dynamic client registration (RFC 7591). */
    registrationUrl: AddressTemplate.optional(),
    revocationUrl: AddressTemplate.optional(),
    /** Added to the authorization request, such as `audience` and `prompt`. */
    authorizationParameters: Parameters.default({}),
    /** Added to each token request. */
    tokenParameters: Parameters.default({}),
    pkce: z.boolean().default(true),
    /** Name of the parameter that holds the scopes, and what separates them. */
    scopeParameter: z.string().max(100).default('scope'),
    scopeSeparator: z.enum([' ', ',']).default(' '),
    /** Always requested, whatever the person selects. */
    requiredScopes: z.array(ScopeToken).max(50).default([]),
    /** Requested unless the person removes them; nothing fails without them. */
    optionalScopes: z.array(ScopeToken).max(50).default([]),
    defaultScopes: z.array(ScopeToken).max(200).default([]),
    /** Requested with the grant `client-credentials` unless the person selects some: what a program may do is usually set with it. */
    clientCredentialsScopes: z.array(ScopeToken).max(200).default([]),
    scopes: z
      .array(
        z.strictObject({
          scope: ScopeToken,
          description: z.string().max(500),
          /** Where a client's registration has it, if not where its API says. */
          console: z.string().max(100).optional(),
        }),
      )
      .max(1000)
      .default([]),
    scopePresets: z
      .array(
        z.strictObject({
          /** What it allows, such as `Read Jira`. */
          name: z.string().max(100),
          /** More about that, in words: `Search and read issues; changes nothing`. */
          description: z.string().max(200).optional(),
          scopes: z.array(ScopeToken).max(200),
          /** What a person should know before choosing it. */
          notice: z.string().max(500).optional(),
        }),
      )
      .max(50)
      .default([]),
    defaultRedirectUri: RedirectUri.default('http://127.0.0.1:7979/callback'),
    /** Whether the provider takes a loopback redirect address with any port (RFC 8252 §7.3) or compares it exactly. */
    redirectPort: z.enum(['exact', 'any']).default('exact'),
    /** The only loopback names that the provider takes, where it refuses others. */
    redirectHosts: z.array(z.enum(LOOPBACK_NAMES)).min(1).optional(),
    /** What a person should know before the browser comes back. */
    hint: z.string().max(500).optional(),
    clientAuthentication: ClientAuthentication.default('client_secret_post'),
    tokenBody: z.enum(['form', 'json']).default('form'),
    /** The field of the token answer in which the token set is, such as `authed_user`. */
    tokenField: z.string().max(100).optional(),
    /** Lifetime where the answer names none, seconds; without it, an hour is assumed for tokens that can be renewed. */
    accessLifetimeSeconds: z.number().int().positive().optional(),
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
    /** How a person registers a client, in words. */
    setup: clientSetup().optional(),
    /** A client that an organisation ships to its members with the definition. */
    client: z
      .strictObject({
        name: z.string().max(200).default('Shipped with the provider'),
        clientId: z.string().min(1).max(2000),
        clientSecret: z.string().min(1).max(10_000).optional(),
        redirectUri: RedirectUri.optional(),
      })
      .refine(({ clientId, clientSecret }) => !isClientIdDocument(clientId) || clientSecret === undefined, {
        error: 'must have no secret where its client ID is an address',
      })
      .optional(),
  });
