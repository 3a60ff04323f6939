import type { AppRegistration } from './app-registration.ts';
import { SERVICE_SCOPES } from './atlassian/api-tokens.ts';
import { SERVICE_ACCOUNTS } from './people.ts';
import type { TokenMint } from './token-mint.ts';

/** An OAuth client for each service account of Atlassian Cloud; its scopes are fixed when it is created. */
export const serviceAccountApps = (mint: TokenMint): AppRegistration[] =>
  SERVICE_ACCOUNTS.map(({ key, name }) => ({
    name,
    clientId: `tokentray-sandbox-${key}`,
    clientSecret: `ATOA${mint.secret(`service-account:${key}`, 48)}`,
    redirectUris: [],
    account: { key, scopes: [...SERVICE_SCOPES], sites: 'all' },
  }));
