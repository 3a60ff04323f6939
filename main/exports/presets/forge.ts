import { ok } from '../../lib/result.ts';
import { usernameOf, variable, type VariablesPreset } from './preset.ts';

/**
 * Atlassian's Forge CLI takes an API token without scopes and nothing else, and sends it to Atlassian's developer API
 * (`forge login`, developer.atlassian.com/platform/forge/cli-reference/login).
 */
export const forge: VariablesPreset = {
  kind: 'variables',
  name: 'forge',
  description: 'Forge CLI of Atlassian',
  link: 'https://developer.atlassian.com/platform/forge/cli-reference/',
  variables: ['FORGE_EMAIL', 'FORGE_API_TOKEN'],
  variants: [
    {
      needs: {
        apis: ['jira', 'confluence'],
        on: 'site',
        sent: 'basic',
        methods: ['api-token'],
        atSite: true,
      },
      connect: 'atlassian --method api-token',
      fixedHosts: 'it asks Atlassian’s developer API, and no other address can be set',
      notByProxy: 'it asks Atlassian’s developer API, which is not among the APIs of the connection',
      map: (credentials) =>
        ok([
          ...variable('FORGE_EMAIL', usernameOf(credentials)),
          ...variable('FORGE_API_TOKEN', credentials.accessToken, true),
        ]),
    },
  ],
};
