import { z } from 'zod';
import { cleanText } from '../lib/clean-text.ts';
import { fail, ok, type Result } from '../lib/result.ts';
import { isSafeEndpoint } from '../providers/address.ts';
import type { OAuth2Settings } from '../providers/methods.ts';
import { CLIENT_AUTHENTICATION, type DiscoveredServer } from './discovered-server.ts';

/** Which names the metadata may use: what the definition says about them. */
export type Trust = Pick<OAuth2Settings, 'issuerAliases' | 'trustedHosts' | 'pkce'>;

/** Some servers send null for what they do not have. */
const Address = z.lazy(() => z.string().max(2000).nullish());
const List = z.lazy(() => z.array(z.string().max(500)).max(1000).nullish());

const Metadata = z.lazy(() =>
  z.object({
    issuer: z.string().max(2000),
    authorization_endpoint: Address,
    token_endpoint: Address,
    device_authorization_endpoint: Address,
    registration_endpoint: Address,
    revocation_endpoint: Address,
    userinfo_endpoint: Address,
    jwks_uri: Address,
    authorization_response_iss_parameter_supported: z.boolean().catch(false),
    client_id_metadata_document_supported: z.boolean().catch(false),
    token_endpoint_auth_methods_supported: List,
    grant_types_supported: List,
    code_challenge_methods_supported: List,
  }),
);

const ADDRESSES = {
  authorization_endpoint: 'authorizationUrl',
  token_endpoint: 'tokenUrl',
  device_authorization_endpoint: 'deviceAuthorizationUrl',
  registration_endpoint: 'registrationUrl',
  revocation_endpoint: 'revocationUrl',
  userinfo_endpoint: 'userinfoUrl',
  jwks_uri: 'jwksUrl',
} as const;

/**
 * Checks an authorization server's metadata (RFC 8414 §3.3). The issuer must be the one that was asked, to the letter, or an
 * alias that the definition lists; every address must be https (http: on this machine only) and on the issuer's host
 * or one that the definition lists. Fails with `refused`: metadata that is partly wrong is not used at all.
 */
export function checkMetadata(
  json: unknown,
  asked: { of: string; issuer: string; resource?: string },
  trust: Trust,
): Result<DiscoveredServer> {
  const host = new URL(asked.issuer).host;
  const parsed = Metadata.safeParse(json);
  if (!parsed.success)
    return fail('refused', `The metadata of ${host} has a field of the wrong kind, or no issuer.`);
  const metadata = parsed.data;
  const { issuer } = metadata;
  if (issuer !== asked.issuer && !trust.issuerAliases.includes(issuer))
    return fail(
      'refused',
      `The metadata of ${host} is that of another issuer, ${cleanText(issuer, 200)}.`,
      'Correct the issuer in the provider’s definition, or list this one in issuerAliases if you trust it.',
    );
  if (!isSafeEndpoint(issuer)) return notSafe(host, 'issuer');
  const hosts = new Set([host, new URL(issuer).host, ...trust.trustedHosts]);
  const addresses: Partial<Record<(typeof ADDRESSES)[keyof typeof ADDRESSES], string>> = {};
  for (const [field, name] of Object.entries(ADDRESSES)) {
    const address = metadata[field as keyof typeof ADDRESSES];
    if (address === undefined || address === null) continue;
    if (!isSafeEndpoint(address) || address.includes('#')) return notSafe(host, field);
    const own = new URL(address).host;
    if (!hosts.has(own)) return otherHost(host, field, own);
    addresses[name] = address;
  }
  const challenges = metadata.code_challenge_methods_supported;
  if (trust.pkce && challenges?.includes('S256') === false)
    return fail('refused', `${host} does not offer PKCE with S256, without which a code can be stolen.`);
  const ways = metadata.token_endpoint_auth_methods_supported;
  return ok({
    of: asked.of,
    issuer,
    ...addresses,
    ...(asked.resource === undefined ? {} : { resource: asked.resource }),
    namesIssuer: metadata.authorization_response_iss_parameter_supported,
    clientIdDocuments: metadata.client_id_metadata_document_supported,
    clientAuthentication: ways ? CLIENT_AUTHENTICATION.filter((known) => ways.includes(known)) : null,
    grantTypes: metadata.grant_types_supported ?? null,
  });
}

const Resource = z.lazy(() =>
  z.object({
    resource: z.string().max(2000),
    authorization_servers: z.array(z.string().max(2000)).min(1).max(50),
  }),
);

/**
 * Which issuer a protected resource names (RFC 9728 §3.3). The resource must be the one that was asked for or, as servers
 * with one document for all do, a parent of it. Fails with `refused`.
 */
export function checkResource(
  json: unknown,
  asked: string,
  { trustedHosts }: Pick<Trust, 'trustedHosts'>,
): Result<{ issuer: string; resource: string }> {
  const { host } = new URL(asked);
  const parsed = Resource.safeParse(json);
  if (!parsed.success) return fail('refused', `${host} does not say which server signs people in for it.`);
  const { resource, authorization_servers } = parsed.data;
  if (!isWithin(asked, resource))
    return fail(
      'refused',
      `The metadata of ${host} is that of another resource, ${cleanText(resource, 200)}.`,
      'Correct the resource in the provider’s definition.',
    );
  const allowed = (issuer: string): boolean =>
    isSafeEndpoint(issuer) && [host, ...trustedHosts].includes(new URL(issuer).host);
  const issuer = authorization_servers.find(allowed);
  if (issuer !== undefined) return ok({ issuer, resource });
  const [first = ''] = authorization_servers;
  return isSafeEndpoint(first)
    ? otherHost(host, 'authorization_servers', new URL(first).host)
    : notSafe(host, 'authorization_servers');
}

/** RFC 8707 §2: no fragment. */
function isWithin(asked: string, resource: string): boolean {
  if (asked === resource) return true;
  if (!isSafeEndpoint(resource) || resource.includes('#')) return false;
  const inner = new URL(asked);
  const outer = new URL(resource);
  const parent = outer.pathname.endsWith('/') ? outer.pathname : `${outer.pathname}/`;
  return inner.origin === outer.origin && outer.search === '' && `${inner.pathname}/`.startsWith(parent);
}

const notSafe = (host: string, field: string): Result<never> =>
  fail('refused', `The metadata of ${host} has a ${field} that is not an https: address.`);

const otherHost = (host: string, field: string, other: string): Result<never> =>
  fail(
    'refused',
    `The metadata of ${host} has its ${field} on another host, ${cleanText(other, 200)}.`,
    'If you trust that host, list it in trustedHosts of the provider’s definition.',
  );
