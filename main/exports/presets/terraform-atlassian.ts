import { apiUrl } from '../../credentials/access.ts';
import { ok } from '../../lib/result.ts';
import { usernameOf, variable, type VariablesPreset } from './preset.ts';

/**
 * The Terraform provider `openscientia/atlassian`: an API token with Basic authentication. `ATLASSIAN_TOKEN` never is an
 * OAuth token.
 */
export const terraformAtlassian: VariablesPreset = {
  kind: 'variables',
  name: 'terraform-atlassian',
  description: 'Terraform provider for Atlassian Cloud (openscientia/atlassian)',
  link: 'https://github.com/openscientia/terraform-provider-atlassian',
  variables: ['ATLASSIAN_URL', 'ATLASSIAN_USERNAME', 'ATLASSIAN_TOKEN'],
  variants: [
    {
      needs: { apis: ['jira'], on: 'site', sent: 'basic' },
      connect: 'atlassian --method api-token',
      map: (credentials) =>
        ok([
          ...variable('ATLASSIAN_URL', apiUrl(credentials, 'jira')),
          ...variable('ATLASSIAN_USERNAME', usernameOf(credentials)),
          ...variable('ATLASSIAN_TOKEN', credentials.accessToken, true),
        ]),
    },
  ],
};
