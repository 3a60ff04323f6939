import { apiUrl } from '../../credentials/access.ts';
import { isoTime } from '../../lib/clock.ts';
import { ok } from '../../lib/result.ts';
import { cloudSite, variable, type Preset } from './preset.ts';

/**
 * Our own names. Serves connections with a Bearer token and a chosen site; the two API addresses are those at which
 * the token works (the site's own domain answers 401).
 */
export const atlassian: Preset = {
  name: 'atlassian',
  variables: [
    'ATLASSIAN_ACCESS_TOKEN',
    'ATLASSIAN_CLOUD_ID',
    'ATLASSIAN_SITE_URL',
    'ATLASSIAN_JIRA_API_URL',
    'ATLASSIAN_CONFLUENCE_API_URL',
    'ATLASSIAN_ACCOUNT_EMAIL',
    'ATLASSIAN_TOKEN_EXPIRES_AT',
  ],
  map: (credentials) => {
    const { connection, accessToken, expiresAt } = credentials;
    const site = cloudSite('atlassian', credentials);
    if (!site.ok) return site;
    return ok([
      ...variable('ATLASSIAN_ACCESS_TOKEN', accessToken, true),
      ...variable('ATLASSIAN_CLOUD_ID', site.value.cloudId),
      ...variable('ATLASSIAN_SITE_URL', site.value.url),
      ...variable('ATLASSIAN_JIRA_API_URL', apiUrl(credentials, 'jira')),
      ...variable('ATLASSIAN_CONFLUENCE_API_URL', apiUrl(credentials, 'confluence')),
      ...variable('ATLASSIAN_ACCOUNT_EMAIL', connection.account.email),
      ...variable('ATLASSIAN_TOKEN_EXPIRES_AT', expiresAt === null ? null : isoTime(expiresAt)),
    ]);
  },
};
