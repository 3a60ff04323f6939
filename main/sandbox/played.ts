import type { Played } from './definitions.ts';
import type { SandboxState } from './sandbox-state.ts';
import { HOSTS, otherClients } from './services.ts';

/** Base paths of the self-hosted products, by provider. */
const INSTANCES: Readonly<Record<string, string>> = {
  'jira-data-center': '/jira',
  'confluence-data-center': '/confluence',
  'bitbucket-data-center': '/bitbucket',
  'bamboo-data-center': '/bamboo',
  opsgenie: '/api.opsgenie.com',
};

const PROVIDERS = [
  'bitbucket',
  'trello',
  'statuspage',
  'opsgenie',
  'atlassian-mcp',
  ...Object.keys(INSTANCES),
];

/** Where the sandbox plays each provider besides Atlassian Cloud, and as which OAuth client one signs in there. */
export function playedProviders(state: SandboxState): Record<string, Played> {
  const oauthClients = otherClients(state);
  return Object.fromEntries(
    PROVIDERS.map((provider) => {
      const client = oauthClients.find((each) => each.provider === provider);
      const { clientId, clientSecret } = client ?? {};
      return [
        provider,
        {
          hosts: HOSTS,
          ...(INSTANCES[provider] === undefined ? {} : { instance: INSTANCES[provider] }),
          ...(clientId === undefined ? {} : { client: { clientId, ...(clientSecret && { clientSecret }) } }),
        },
      ];
    }),
  );
}
