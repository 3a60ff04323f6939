import bundled from '../providers/atlassian.json' with { type: 'json' };
import { ProviderDefinition } from '../providers/definition.ts';
import { SANDBOX_APP } from './app-registration.ts';

/** The bundled definition of Atlassian Cloud, pointed at the stand-in and shipping its app. */
export function sandboxDefinition(url: string, redirectUri?: string): ProviderDefinition {
  const { oauth2, ...rest } = ProviderDefinition.parse(bundled);
  return ProviderDefinition.parse({
    ...rest,
    name: 'Atlassian Cloud (sandbox)',
    manageUrl: `${url}/`,
    registerUrl: `${url}/`,
    oauth2: {
      ...oauth2,
      authorizationUrl: `${url}/authorize`,
      tokenUrl: `${url}/oauth/token`,
      revocationUrl: `${url}/oauth/revoke`,
      client: {
        name: 'Sandbox app',
        clientId: SANDBOX_APP.clientId,
        clientSecret: SANDBOX_APP.clientSecret,
        redirectUri,
      },
    },
    identity: { kind: 'atlassian-cloud', apiUrl: url },
  });
}
