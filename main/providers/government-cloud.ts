import { mapCalled } from './called-addresses.ts';
import type { ClientSetup } from './client-setup.ts';
import type { ProviderDefinition } from './definition.ts';

const HOSTS: readonly (readonly [string, string])[] = [
  ['https://api.atlassian.com', 'https://api.atlassian-us-gov-mod.com'],
  ['https://auth.atlassian.com', 'https://auth.atlassian-us-gov-mod.com'],
];

/**
 * Atlassian Government Cloud: the same products on hosts of its own, which share nothing with the commercial cloud. Its
 * documentation names the authorization and API hosts; that API tokens work as they do there is unsure.
 */
export function governmentCloud(commercial: ProviderDefinition): ProviderDefinition {
  if (commercial.identity.kind !== 'atlassian-cloud') throw new Error('not a definition of a cloud');
  const moved = mapCalled(commercial, (address) => {
    const host = HOSTS.find(([from]) => address === from || address.startsWith(`${from}/`));
    if (host === undefined && !address.startsWith('{')) throw new Error(`no host for ${address}`);
    return host === undefined ? address : host[1] + address.slice(host[0].length);
  });
  const { manageUrl: _manage, registerUrl: _register, ...rest } = moved;
  return {
    ...rest,
    id: 'atlassian-government' as ProviderDefinition['id'],
    name: 'Atlassian Government Cloud',
    docsUrl: 'https://developer.atlassian.com/platform/framework/agc/guides/manage-3lo-apps',
    methods: moved.methods.map((method) => {
      if (method.method === 'oauth2')
        return {
          ...method,
          ...(method.setup && { setup: elsewhere(method.setup) }),
          authorizationParameters: {
            ...method.authorizationParameters,
            audience: 'api.atlassian-us-gov-mod.com',
          },
        };
      const { createUrl: _create, ...secret } = method;
      return { ...secret, ...GOVERNMENT_TOKENS };
    }),
    identity: {
      kind: 'atlassian-cloud',
      apiUrl: 'https://api.atlassian-us-gov-mod.com',
      siteUrl: 'https://{name}.atlassian-us-gov-mod.net',
    },
    source:
      'Atlassian’s documentation of Government Cloud apps, November 2026; unsure: token address, API tokens and revocation are taken to be as in the commercial cloud',
  };
}

/** The same steps; where its console and administration are is not documented. */
const elsewhere = ({ serviceAccount: _serviceAccount, ...setup }: ClientSetup): ClientSetup => setup;

const GOVERNMENT_TOKENS = { hint: 'Create it in your account of the Government Cloud.' };
