import type { ProviderDefinition } from '../providers/definition.ts';
import type { OAuth2Settings } from '../providers/methods.ts';
import type { OAuthClientRecord } from '../store/records.ts';
import type { ClientAuthentication, DiscoveredServer } from './discovered-server.ts';

type ClientFacts = Pick<OAuthClientRecord, 'servers' | 'registration'> | null;

/** What discovery is asked about: an issuer, or a protected resource that names one. Undefined: nothing to ask. */
export const discoveryOf = ({ discovery, issuer, resource }: OAuth2Settings): string | undefined =>
  discovery ? (issuer ?? resource) : undefined;

/**
 * The settings with every address that is known: the definition's own first, then what discovery found when this client
 * signed in. The one place from which sign-ins, refreshes and revocations take addresses.
 */
export function endpointsOf(settings: OAuth2Settings, client: ClientFacts): OAuth2Settings {
  const server = serverOf(settings, client);
  const clientAuthentication = client?.registration?.clientAuthentication;
  if (server === null)
    return clientAuthentication === undefined ? settings : { ...settings, clientAuthentication };
  return {
    ...settings,
    ...defined({
      authorizationUrl: settings.authorizationUrl ?? server.authorizationUrl,
      tokenUrl: settings.tokenUrl ?? server.tokenUrl,
      deviceAuthorizationUrl: settings.deviceAuthorizationUrl ?? server.deviceAuthorizationUrl,
      registrationUrl: settings.registrationUrl ?? server.registrationUrl,
      revocationUrl: settings.revocationUrl ?? server.revocationUrl,
      resource: server.resource ?? settings.resource,
    }),
    issuer: server.issuer,
    clientAuthentication: clientAuthentication ?? accepted(settings.clientAuthentication, server),
  };
}

/** The whole definition with the addresses that are known for a client; see `endpointsOf`. */
export function onServer(definition: ProviderDefinition, client: ClientFacts): ProviderDefinition {
  if (!client?.servers?.length && !client?.registration) return definition;
  let server: DiscoveredServer | null = null;
  const methods = definition.methods.map((method) => {
    if (method.method !== 'oauth2') return method;
    server = serverOf(method, client);
    return endpointsOf(method, client);
  });
  return { ...definition, methods, identity: identityOn(definition.identity, server) };
}

function identityOn(
  identity: ProviderDefinition['identity'],
  server: DiscoveredServer | null,
): ProviderDefinition['identity'] {
  switch (identity.kind) {
    case 'userinfo':
      return { ...identity, ...defined({ userinfoUrl: identity.userinfoUrl ?? server?.userinfoUrl }) };
    case 'id-token':
      return { ...identity, ...defined({ jwksUrl: identity.jwksUrl ?? server?.jwksUrl }) };
    case 'atlassian-cloud':
    case 'apis':
    case 'none':
      return identity;
  }
}

export function serverOf(settings: OAuth2Settings, client: ClientFacts): DiscoveredServer | null {
  const of = discoveryOf(settings);
  return (of === undefined ? undefined : client?.servers?.find((server) => server.of === of)) ?? null;
}

/** As the definition has it, unless the server says that it takes something else only. */
const accepted = (
  wanted: ClientAuthentication,
  { clientAuthentication }: DiscoveredServer,
): ClientAuthentication =>
  clientAuthentication === null || clientAuthentication.includes(wanted)
    ? wanted
    : (clientAuthentication.find((way) => way !== 'none') ?? wanted);

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

const defined = <T extends object>(fields: T): Defined<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Defined<T>;
