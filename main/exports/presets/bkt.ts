import type { EnvVariable } from '../../../contract/export.ts';
import { apiUrl, type Credentials } from '../../credentials/access.ts';
import { ok } from '../../lib/result.ts';
import { usernameOf, variable, type VariablesPreset } from './preset.ts';

/** By this host it knows Bitbucket Cloud, and then asks api.bitbucket.org. */
const CLOUD = 'https://bitbucket.org';

const FIXED = 'with Bitbucket Cloud it asks api.bitbucket.org, whatever address it is given';

const given = (credentials: Credentials, host: string | null, method: 'basic' | 'bearer'): EnvVariable[] => [
  ...variable('BKT_HOST', host),
  ...variable('BKT_AUTH_METHOD', method),
  ...variable('BKT_USERNAME', method === 'basic' ? usernameOf(credentials) : null),
  ...variable('BKT_TOKEN', credentials.accessToken, true),
];

/**
 * bkt (avivsinai/bitbucket-cli), from its notes on headless use. Bearer at Bitbucket Cloud is for OAuth and for tokens of a
 * repository, project or workspace; older versions know Basic alone there.
 */
export const bkt: VariablesPreset = {
  kind: 'variables',
  name: 'bkt',
  description: 'Command line for Bitbucket (avivsinai/bitbucket-cli)',
  link: 'https://github.com/avivsinai/bitbucket-cli',
  variables: ['BKT_HOST', 'BKT_AUTH_METHOD', 'BKT_USERNAME', 'BKT_TOKEN'],
  variants: [
    {
      needs: { apis: ['bitbucket'], on: 'cloud', sent: 'basic' },
      connect: 'bitbucket --method api-token',
      fixedHosts: FIXED,
      map: (credentials) => ok(given(credentials, CLOUD, 'basic')),
    },
    {
      needs: { apis: ['bitbucket'], on: 'cloud', sent: 'bearer' },
      connect: 'bitbucket',
      fixedHosts: FIXED,
      map: (credentials) => ok(given(credentials, CLOUD, 'bearer')),
    },
    {
      needs: { apis: ['bitbucket'], on: 'self-hosted', sent: 'bearer' },
      connect: 'bitbucket-data-center',
      map: (credentials) => ok(given(credentials, apiUrl(credentials, 'bitbucket'), 'bearer')),
    },
    {
      needs: { apis: ['bitbucket'], on: 'self-hosted', sent: 'basic' },
      connect: 'bitbucket-data-center --method basic',
      map: (credentials) => ok(given(credentials, apiUrl(credentials, 'bitbucket'), 'basic')),
    },
  ],
};
