import { apiUrl } from '../../credentials/access.ts';
import { isoTime } from '../../lib/clock.ts';
import { ok } from '../../lib/result.ts';
import { variable, type VariablesPreset } from './preset.ts';

/**
 * Our own names. Serves connections with a Bearer token and a selected site; the two API addresses are those at which
 * the token works (the site's own domain answers 401).
 */
export const atlassian: VariablesPreset = {
  kind: 'variables',
  name: 'atlassian',
  description: 'Scripts of your own: token and addresses under Tokentray’s names',
  link: null,
  variables: [
    'ATLASSIAN_ACCESS_TOKEN',
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
      map: (credentials) => {
        const { connection, accessToken, expiresAt } = credentials;
        return ok([
          ...variable('ATLASSIAN_ACCESS_TOKEN', accessToken, true),
          ...variable('ATLASSIAN_CLOUD_ID', connection.site?.cloudId),
          ...variable('ATLASSIAN_SITE_URL', connection.site?.url),
          ...variable('ATLASSIAN_JIRA_API_URL', apiUrl(credentials, 'jira')),
          ...variable('ATLASSIAN_CONFLUENCE_API_URL', apiUrl(credentials, 'confluence')),
          ...variable('ATLASSIAN_ACCOUNT_EMAIL', connection.account.email),
          ...variable('ATLASSIAN_TOKEN_EXPIRES_AT', expiresAt === null ? null : isoTime(expiresAt)),
        ]);
      },
    },
  ],
};
