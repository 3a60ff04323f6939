import { ok } from '../../lib/result.ts';
import { usernameOf, variable, type VariablesPreset } from './preset.ts';

const FIXED = 'it asks api.bitbucket.org, and no other address can be set';

/** The Terraform provider `DrFaust92/bitbucket`, from its documentation. The client id and secret that it also takes are never written. */
export const terraformBitbucket: VariablesPreset = {
  kind: 'variables',
  name: 'terraform-bitbucket',
  description: 'Terraform provider for Bitbucket Cloud (DrFaust92/bitbucket)',
  link: 'https://github.com/DrFaust92/terraform-provider-bitbucket',
  variables: ['BITBUCKET_USERNAME', 'BITBUCKET_PASSWORD', 'BITBUCKET_OAUTH_TOKEN'],
  variants: [
    {
      needs: { apis: ['bitbucket'], on: 'cloud', sent: 'basic' },
      connect: 'bitbucket --method api-token',
      fixedHosts: FIXED,
      map: (credentials) =>
        ok([
          ...variable('BITBUCKET_USERNAME', usernameOf(credentials)),
          ...variable('BITBUCKET_PASSWORD', credentials.accessToken, true),
        ]),
    },
    {
      needs: { apis: ['bitbucket'], on: 'cloud', sent: 'bearer' },
      connect: 'bitbucket',
      fixedHosts: FIXED,
      map: ({ accessToken }) => ok(variable('BITBUCKET_OAUTH_TOKEN', accessToken, true)),
    },
  ],
};
