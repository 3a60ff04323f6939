import type { EnvVariable } from '../../../contract/export.ts';
import { apiUrl, type Credentials } from '../../credentials/access.ts';
import { isoTime } from '../../lib/clock.ts';
import { ok } from '../../lib/result.ts';
import { usernameOf, variable, type VariablesPreset } from './preset.ts';

/** The two API addresses are those at which the secret works: the site's own domain answers many with 401. */
const given = (
  credentials: Credentials,
  secret: 'ATLASSIAN_ACCESS_TOKEN' | 'ATLASSIAN_API_TOKEN',
  email: string | null,
): EnvVariable[] => {
  const { connection, accessToken, expiresAt } = credentials;
  return [
    ...variable(secret, accessToken, true),
    ...variable('ATLASSIAN_CLOUD_ID', connection.site?.cloudId),
    ...variable('ATLASSIAN_SITE_URL', connection.site?.url),
    ...variable('ATLASSIAN_JIRA_API_URL', apiUrl(credentials, 'jira')),
    ...variable('ATLASSIAN_CONFLUENCE_API_URL', apiUrl(credentials, 'confluence')),
    ...variable('ATLASSIAN_ACCOUNT_EMAIL', email),
    ...variable('ATLASSIAN_TOKEN_EXPIRES_AT', expiresAt === null ? null : isoTime(expiresAt)),
  ];
};

/**
 * Our own names. The secret's name says how it is sent: an access token as Bearer, an API token with the user name, so
 * that no script sends one as the other.
 */
export const atlassian: VariablesPreset = {
  kind: 'variables',
  name: 'atlassian',
  description: 'Scripts of your own: token and addresses under Tokentray’s names',
  link: null,
  variables: [
    'ATLASSIAN_ACCESS_TOKEN',
    'ATLASSIAN_API_TOKEN',
    'ATLASSIAN_CLOUD_ID',
    'ATLASSIAN_SITE_URL',
    'ATLASSIAN_JIRA_API_URL',
    'ATLASSIAN_CONFLUENCE_API_URL',
    'ATLASSIAN_ACCOUNT_EMAIL',
    'ATLASSIAN_TOKEN_EXPIRES_AT',
  ],
  variants: [
    {
      needs: { apis: ['jira', 'confluence'], on: 'site', sent: 'bearer' },
      connect: 'atlassian',
      map: (credentials) =>
        ok(given(credentials, 'ATLASSIAN_ACCESS_TOKEN', credentials.connection.account.email)),
    },
    {
      needs: { apis: ['jira', 'confluence'], on: 'site', sent: 'basic' },
      connect: 'atlassian --method api-token',
      map: (credentials) => ok(given(credentials, 'ATLASSIAN_API_TOKEN', usernameOf(credentials))),
    },
  ],
};
