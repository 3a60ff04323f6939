import { z } from 'zod';
import { ProviderId } from '../../contract/ids.ts';
import { SIGN_IN_METHODS } from '../../contract/vocabulary.ts';
import { AddressTemplate, Endpoint, isSafeEndpoint } from './address.ts';
import { oauth2Method } from './oauth2-method.ts';
import { secretMethods } from './secret-method.ts';
import { SharedNetworkSettings } from '../../contract/network.ts';

/** A field of an answer: names separated by dots. */
const FieldPath = z.string().max(200);

/** A request whose answer names the person. Without `name` or `email`, common names of such fields are tried. */
const whoAmI = () =>
  z.strictObject({
    path: z.string().max(500),
    method: z.enum(['GET', 'POST']).default('GET'),
    body: z.string().max(5000).optional(),
    headers: z.record(z.string().max(100), z.string().max(500)).default({}),
    /**
     * `text`: the answer is the user's name alone, and empty for nobody. `any`: what it says does not matter, only that
     * the credential was not refused; a request that the service finds wrong (400, 405, 406, 415) passes too.
     */
    answer: z.enum(['json', 'text', 'any']).default('json'),
    /** After `text`: where a user with this name, `{answer}`, is described in JSON. */
    details: z.string().max(500).optional(),
    /** A field that an answer has when it refuses the credential, for services that refuse with status 200. */
    refusedBy: FieldPath.optional(),
    /** Statuses besides 401 and 403 with which it refuses a credential. */
    refusingStatuses: z.array(z.number().int().min(400).max(499)).max(20).optional(),
    /** The answer says that the credential works, and not whose it is. */
    anonymous: z.boolean().default(false),
    id: FieldPath.optional(),
    name: FieldPath.optional(),
    email: FieldPath.optional(),
  });
export type WhoAmI = z.infer<ReturnType<typeof whoAmI>>;

const Scopes = z.array(z.string().min(1).max(200)).max(50);

/**
 * A GET by which `test` finds out what a credential may do. Any of `scopes` opens it, or all of `granular`.
 */
const probe = () =>
  z.strictObject({
    /** What it reads, such as `Projects`. */
    name: z.string().min(1).max(100),
    path: z.string().max(500).regex(/^\//, 'must start with a slash'),
    scopes: Scopes.default([]),
    granular: Scopes.default([]),
    /** It asks for something that is not there: where a service checks scopes first, 404 then proves them. */
    absent: z.boolean().default(false),
    /** Scopes of the API that took its place, where a service may answer 410. Tried only with a scope that is known. */
    successors: Scopes.default([]),
  });
export type Probe = z.infer<ReturnType<typeof probe>>;

/** A named address at which a connection's credential works. */
const api = () =>
  z.strictObject({
    id: z.string().regex(/^[a-z][a-z0-9-]{0,49}$/, 'must be lower-case letters, digits and dashes'),
    name: z.string().min(1).max(100),
    /** By route. `default` is where OAuth tokens work; a method may name another one. */
    urls: z.record(z.string().max(50), AddressTemplate),
    /** Id of another API: whatever opens that one opens this one too, and where nobody says which of them, that one is meant. */
    opensWith: z.string().max(50).optional(),
    /** User names for HTTP Basic (RFC 7617), by method, where this API takes secrets that way alone, however others take them. */
    usernames: z.partialRecord(z.enum(SIGN_IN_METHODS), z.string().min(1).max(100)).optional(),
    /**
     * Methods whose secrets it also takes as a password, for programs that can send nothing else; the user name is the
     * one that a `whoAmI` with the answer `text` gives.
     */
    asPassword: z.array(z.enum(SIGN_IN_METHODS)).max(10).optional(),
    /** Parts of scopes that open it, separated by `|`; for providers that do not say which products a site has. */
    scopePattern: z.string().max(200).optional(),
    whoAmI: whoAmI().optional(),
    /** The most telling ones first. */
    probes: z.array(probe()).max(30).default([]),
    /** Where the registration of an OAuth client has the scopes of this API, such as `Jira API`. */
    console: z.string().max(100).optional(),
  });

/** How to learn who signed in and what may be reached. */
const identity = () =>
  z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('atlassian-cloud'),
      /** `/me` and `/oauth/token/accessible-resources` are below it. */
      apiUrl: Endpoint,
      /** The address of a site, with `{name}` for the part that people know it by. */
      siteUrl: z
        .string()
        .max(500)
        .refine((text) => text.includes('{name}') && isSafeEndpoint(text.replace('{name}', 'name')), {
          error: 'must be an https: address with {name} in it',
        })
        .default('https://{name}.atlassian.net'),
      /** Further domains below which its sites are. */
      siteDomains: z
        .array(z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'must be a domain'))
        .max(20)
        .optional(),
    }),
    /** OpenID Connect Core §5.3. Without an address: the one that discovery finds. */
    z.strictObject({ kind: z.literal('userinfo'), userinfoUrl: AddressTemplate.optional() }),
    /** The claims of the ID token (OpenID Connect Core §2), whose keys are at `jwksUrl` or found by discovery. */
    z.strictObject({ kind: z.literal('id-token'), jwksUrl: AddressTemplate.optional() }),
    /** The first API whose `whoAmI` answers. */
    z.strictObject({ kind: z.literal('apis') }),
    /** Nothing tells. */
    z.strictObject({ kind: z.literal('none') }),
  ]);

/**
 * A service that issues credentials. Bundled ones are beside this file; people add their own as JSON files. The
 * schema is created on first use: most starts parse nothing.
 */
export const ProviderDefinition = z.lazy(() =>
  z.strictObject({
    /** The address of the JSON Schema, for editors. */
    $schema: z.string().max(2000).optional(),
    id: ProviderId,
    name: z.string().min(1).max(100),
    docsUrl: Endpoint.optional(),
    /** Where a person can see and revoke grants. */
    manageUrl: AddressTemplate.optional(),
    /** Where a person registers an OAuth client. */
    registerUrl: AddressTemplate.optional(),
    /** Self-hosted: every address that starts with `{instance}` is below what the person enters. */
    instance: z
      .strictObject({
        /** What such an address looks like, for the form. */
        example: z.string().max(200),
        /** Used where the person enters none. */
        default: Endpoint.optional(),
      })
      .optional(),
    /** One of each kind at most. The first is what a sign-in uses unless it says otherwise. */
    methods: z
      .array(z.discriminatedUnion('method', [oauth2Method(), ...secretMethods()]))
      .min(1)
      .refine((methods) => new Set(methods.map(({ method }) => method)).size === methods.length, {
        error: 'names a method twice',
      }),
    apis: z.array(api()).max(50).default([]),
    identity: identity().default({ kind: 'none' }),
    /** Whether signing in was tried with the real service. */
    tried: z.boolean().default(false),
    /** What the definition was written from. */
    source: z.string().max(500).optional(),
    /** For everyone's connections here; no secrets, and certificates are always checked. */
    network: SharedNetworkSettings.optional(),
  }),
);
export type ProviderDefinition = z.infer<typeof ProviderDefinition>;
export type ApiDefinition = ProviderDefinition['apis'][number];
