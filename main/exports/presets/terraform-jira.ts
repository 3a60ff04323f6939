import { apiUrl } from '../../credentials/access.ts';
import { ok } from '../../lib/result.ts';
import { usernameOf, variable, type VariablesPreset } from './preset.ts';

/**
 * The Terraform provider `fourplusone/jira`, from its documentation: a user name with a password or API token, or a token
 * that is sent as Bearer (it calls it a personal access token).
 */
export const terraformJira: VariablesPreset = {
  kind: 'variables',
  name: 'terraform-jira',
  description: 'Terraform provider for Jira (fourplusone/jira)',
  link: 'https://github.com/fourplusone/terraform-provider-jira',
  variables: ['JIRA_URL', 'JIRA_USER', 'JIRA_PASSWORD', 'JIRA_TOKEN'],
  variants: [
    {
      needs: { apis: ['jira'], sent: 'basic' },
      connect: 'atlassian --method api-token',
      map: (credentials) =>
        ok([
          ...variable('JIRA_URL', apiUrl(credentials, 'jira')),
          ...variable('JIRA_USER', usernameOf(credentials)),
          ...variable('JIRA_PASSWORD', credentials.accessToken, true),
        ]),
    },
    {
      needs: { apis: ['jira'], sent: 'bearer' },
      connect: 'atlassian',
      map: (credentials) =>
        ok([
          ...variable('JIRA_URL', apiUrl(credentials, 'jira')),
          ...variable('JIRA_TOKEN', credentials.accessToken, true),
        ]),
    },
  ],
};
