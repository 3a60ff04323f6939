import { apiUrl } from '../../credentials/access.ts';
import { ok } from '../../lib/result.ts';
import { usernameOf, variable, type VariablesPreset } from './preset.ts';

/**
 * jira.js reads no environment: these are the names that its README's examples have, for `{ host, auth: { type: 'basic',
 * email, apiToken } }`. Its examples have no names for a Bearer token; the preset `atlassian` has.
 */
export const jiraJs: VariablesPreset = {
  kind: 'variables',
  name: 'jira-js',
  description: 'jira.js: the names in its examples',
  link: 'https://github.com/MrRefactoring/jira.js',
  variables: ['JIRA_BASE_URL', 'JIRA_EMAIL', 'JIRA_API_TOKEN'],
  variants: [
    {
      needs: { apis: ['jira'], sent: 'basic' },
      connect: 'atlassian --method api-token',
      map: (credentials) =>
        ok([
          ...variable('JIRA_BASE_URL', apiUrl(credentials, 'jira')),
          ...variable('JIRA_EMAIL', usernameOf(credentials)),
          ...variable('JIRA_API_TOKEN', credentials.accessToken, true),
        ]),
    },
  ],
};
