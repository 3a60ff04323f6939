import { BUNDLED_DEFINITIONS } from '../providers/bundled.ts';
import type { ProviderDefinition } from '../providers/definition.ts';
import { SANDBOX_APP } from './app-registration.ts';

/** The bundled definition of Atlassian Cloud, pointed at the stand-in, and shipping its app unless a person is to register one. */
export function sandboxDefinition(
  url: string,
  { redirectUri, unregistered = false }: { redirectUri?: string | undefined; unregistered?: boolean } = {},
): ProviderDefinition {
  const bundled = BUNDLED_DEFINITIONS.find(({ id }) => id === 'atlassian');
  if (!bundled) throw new Error('Atlassian Cloud is not bundled');
  return {
    ...bundled,
    name: 'Atlassian Cloud (sandbox)',
    manageUrl: `${url}/`,
    registerUrl: `${url}/console`,
    methods: bundled.methods.map((method) =>
      method.method === 'oauth2'
        ? {
            ...method,
            authorizationUrl: `${url}/authorize`,
            tokenUrl: `${url}/oauth/token`,
            revocationUrl: `${url}/oauth/revoke`,
            ...(redirectUri === undefined ? {} : { defaultRedirectUri: redirectUri }),
            setup: {
              ...method.setup,
              console: 'the sandbox’s console',
              minutes: 2,
              note: 'The sandbox’s console is a stand-in for Atlassian’s: nothing that you register there is real.',
              serviceAccount: {
                console: 'the sandbox’s start page',
                registerUrl: `${url}/`,
                steps: { console: 'Service accounts: OAuth clients', credentials: 'Copy them from there' },
              },
            },
            ...(unregistered
              ? {}
              : {
                  client: {
                    name: 'Sandbox app',
                    clientId: SANDBOX_APP.clientId,
                    clientSecret: SANDBOX_APP.clientSecret,
                    ...(redirectUri === undefined ? {} : { redirectUri }),
                  },
                }),
          }
        : method,
    ),
    apis: bundled.apis.map((api) => ({
      ...api,
      urls: { ...api.urls, default: `${url}/ex/${api.id}/{cloudId}` },
    })),
    identity: { kind: 'atlassian-cloud', apiUrl: url, siteUrl: `${url}/sites/{name}` },
  };
}
