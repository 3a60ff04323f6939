import { ok } from '../../lib/result.ts';
import { variable, type VariablesPreset } from './preset.ts';

/**
 * What authsome gives to the programs that it runs, from its provider file for Atlassian (0.7.2). It has a variable for
 * the refresh token too, which is never written: a second program that renews a grant ends it for the first.
 */
export const authsome: VariablesPreset = {
  kind: 'variables',
  name: 'authsome',
  description: 'Programs made for authsome: the token, as it calls it',
  link: null,
  variables: ['ATLASSIAN_ACCESS_TOKEN'],
  variants: [
    {
      needs: { apis: ['jira', 'confluence'], on: 'site', sent: 'bearer' },
      connect: 'atlassian',
      fixedHosts: 'such programs are given no address: they ask api.atlassian.com',
      map: ({ accessToken }) => ok(variable('ATLASSIAN_ACCESS_TOKEN', accessToken, true)),
    },
  ],
};
