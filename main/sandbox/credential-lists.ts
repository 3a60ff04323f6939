/** Everything but a sign-in that the sandbox accepts, as `GET /__sandbox/credentials` gives it. */
export interface CredentialLists {
  /** `site` is the address to type. A scoped token is for Jira or Confluence: the first of a person's is Jira's. */
  apiTokens: { email: string; token: string; site: string; scoped: boolean }[];
  serviceAccounts: { clientId: string; clientSecret: string; site: string }[];
  dataCenter: {
    provider: string;
    url: string;
    personalAccessToken: string;
    username: string;
    password: string;
  }[];
  bitbucket: { email: string; token: string; workspace: string }[];
  serviceAccountTokens: { email: string; token: string; site: string }[];
  /** Access tokens of Atlassian Cloud to bring along; new ones each time. */
  accessTokens: { token: string; site: string; cloudId: string; expiresAt: string }[];
  bitbucketAccessTokens: { token: string; kind: 'repository' | 'project' | 'workspace'; workspace: string }[];
  statuspage: { apiKey: string }[];
  opsgenie: { apiKey: string }[];
  /** OAuth clients registered beforehand. */
  oauthClients: { provider: string; url: string; clientId: string; clientSecret: string | null }[];
}

export const noCredentials = (): CredentialLists => ({
  apiTokens: [],
  serviceAccounts: [],
  dataCenter: [],
  bitbucket: [],
  serviceAccountTokens: [],
  accessTokens: [],
  bitbucketAccessTokens: [],
  statuspage: [],
  opsgenie: [],
  oauthClients: [],
});
