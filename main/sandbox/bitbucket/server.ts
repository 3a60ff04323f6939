import { clientOf } from '../app-registration.ts';
import { STANDARD_SERVER, type OAuthServer } from '../oauth-server.ts';

/** Scopes belong to the consumer; PKCE is ignored; tokens last 2 hours, and the answer says `scopes`. */
export const BITBUCKET_SERVER: OAuthServer = {
  ...STANDARD_SERVER,
  name: 'Bitbucket',
  apps: () => [clientOf('bitbucket', 'confidential')],
  pkce: 'ignored',
  fixedScopes: ['account', 'repository', 'pullrequest'],
  hours: 2,
  scopeField: 'scopes',
};
