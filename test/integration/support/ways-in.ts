import type { OAuthGrant, SignInMethod } from '../../../contract/connection.ts';
import type { CredentialLists } from '../../../main/sandbox/credential-lists.ts';
import type { AppControls } from '../../e2e/support/app.ts';

/** What `GET /__sandbox/credentials` lists. */
export type Offered = CredentialLists;

export const offeredBy = async (app: Pick<AppControls, 'sandbox'>): Promise<Offered> =>
  (await app.sandbox('credentials')) as Offered;

/** What a person has in hand for one way in. */
export interface InHand {
  site?: string;
  /** Of the instance. */
  url?: string;
  username?: string;
  /** What is pasted, or the client's secret. */
  secret?: string;
  clientId?: string;
}

/** One way to connect that the sandbox plays. */
export interface WayIn {
  title: string;
  provider: string;
  method: SignInMethod;
  grant?: OAuthGrant;
  has: (offered: Offered) => InHand;
  /** Start of the `Authorization` header. */
  header: RegExp;
  /** The APIs that it opens, where those are not all of the provider's. */
  opens?: readonly string[];
}

const DATA_CENTER = ['jira', 'confluence', 'bitbucket', 'bamboo'].map((product) => `${product}-data-center`);

const instance = ({ dataCenter }: Offered, provider: string): Offered['dataCenter'][number] => {
  const found = dataCenter.find((each) => each.provider === provider);
  if (!found) throw new Error(`the sandbox has no ${provider}`);
  return found;
};

const oauth2 = (
  provider: string,
  grant: OAuthGrant,
  has: WayIn['has'] = () => ({}),
  title = `${provider}: ${grant}`,
): WayIn => ({ title, provider, method: 'oauth2', grant, has, header: /^Bearer / });

/** Every way to connect that the sandbox plays. */
export const WAYS_IN: readonly WayIn[] = [
  oauth2('atlassian', 'authorization-code'),
  {
    title: 'classic API token of Atlassian Cloud',
    provider: 'atlassian',
    method: 'api-token',
    has: ({ apiTokens }) => {
      const { email, token } = apiTokens.find(({ scoped }) => !scoped)!;
      return { site: 'acme', username: email, secret: token };
    },
    header: /^Basic /,
  },
  {
    title: 'API token with scopes, which works at the gateway only',
    provider: 'atlassian',
    method: 'api-token',
    has: ({ apiTokens }) => {
      const { email, token, site } = apiTokens.find(({ scoped }) => scoped)!;
      return { site, username: email, secret: ` ${token}\n` };
    },
    header: /^Basic /,
    // A token with scopes is for one app.
    opens: ['jira'],
  },
  {
    title: 'API token of a service account',
    provider: 'atlassian',
    method: 'api-token',
    has: ({ serviceAccountTokens }) => {
      const { email, token, site } = serviceAccountTokens[0]!;
      return { site, username: email, secret: token };
    },
    header: /^(Basic|Bearer) /,
  },
  oauth2('atlassian', 'client-credentials', ({ serviceAccounts }) => {
    const { clientId, clientSecret } = serviceAccounts[0]!;
    return { clientId, secret: clientSecret };
  }),
  {
    title: 'access token from elsewhere',
    provider: 'atlassian',
    method: 'access-token',
    has: ({ accessTokens }) => {
      const { token, site } = accessTokens[0]!;
      return { site, secret: `Bearer ${token}` };
    },
    header: /^Bearer /,
  },
  ...DATA_CENTER.flatMap((provider): WayIn[] => [
    {
      title: `${provider}: personal access token`,
      provider,
      method: 'personal-access-token',
      has: (offered) => {
        const { url, personalAccessToken } = instance(offered, provider);
        return { url: `${url}/browse/X-1?y=z`, secret: personalAccessToken };
      },
      header: /^Bearer /,
    },
    {
      title: `${provider}: password`,
      provider,
      method: 'basic',
      has: (offered) => {
        const { url, username, password } = instance(offered, provider);
        return { url, username, secret: password };
      },
      header: /^Basic /,
    },
    oauth2(provider, 'authorization-code', (offered) => ({ url: instance(offered, provider).url })),
    // Bamboo has no accounts of programs.
    ...(provider === 'bamboo-data-center'
      ? []
      : [
          oauth2(provider, 'client-credentials', (offered) => {
            const id = `tokentray-sandbox-${provider}-service`;
            const client = offered.oauthClients.find(({ clientId }) => clientId === id)!;
            return {
              url: instance(offered, provider).url,
              clientId: id,
              secret: client.clientSecret ?? '',
            };
          }),
        ]),
  ]),
  oauth2('bitbucket', 'authorization-code'),
  {
    title: 'API token of Bitbucket Cloud',
    provider: 'bitbucket',
    method: 'api-token',
    has: ({ bitbucket }) => ({ username: bitbucket[0]!.email, secret: bitbucket[0]!.token }),
    header: /^Basic /,
  },
  {
    title: 'token of a repository, which belongs to nobody',
    provider: 'bitbucket',
    method: 'access-token',
    has: ({ bitbucketAccessTokens }) => ({ secret: bitbucketAccessTokens[0]!.token }),
    header: /^Bearer /,
  },
  oauth2('trello', 'authorization-code'),
  oauth2('atlassian-mcp', 'authorization-code'),
  oauth2('example', 'authorization-code', undefined, 'a server known by its issuer alone'),
  oauth2('example', 'device-code'),
  {
    title: 'key of Statuspage',
    provider: 'statuspage',
    method: 'api-key',
    has: ({ statuspage }) => ({ secret: statuspage[0]!.apiKey }),
    header: /^OAuth /,
  },
  {
    title: 'key of Opsgenie',
    provider: 'opsgenie',
    method: 'api-key',
    has: ({ opsgenie }) => ({ secret: opsgenie[0]!.apiKey }),
    header: /^GenieKey /,
  },
];
