import type { EnvVariable } from '../../../contract/export.ts';
import { apiUrl, type Credentials } from '../../credentials/access.ts';
import { ok } from '../../lib/result.ts';
import { usernameOf, variable, type VariablesPreset } from './preset.ts';

const common = (credentials: Credentials, authType: 'basic' | 'bearer'): EnvVariable[] => [
  ...variable('JIRA_SERVER', apiUrl(credentials, 'jira')),
  ...variable('JIRA_AUTH_TYPE', authType),
  ...variable('JIRA_API_TOKEN', credentials.accessToken, true),
];

/**
 * jira-cli (ankitpokhrel): every setting can be in the environment, with the prefix `JIRA_` (its `internal/cmd/root`,
 * `api/client.go`). `JIRA_API_TOKEN` is an API token or password for Basic, unless `JIRA_AUTH_TYPE` is `bearer`: then a
 * token that works at `JIRA_SERVER`, which for OAuth is Atlassian's gateway.
 */
export const jiraCli: VariablesPreset = {
  kind: 'variables',
  name: 'jira-cli',
  description: 'jira, the command line for Jira (ankitpokhrel/jira-cli)',
  link: 'https://github.com/ankitpokhrel/jira-cli',
  variables: ['JIRA_SERVER', 'JIRA_AUTH_TYPE', 'JIRA_LOGIN', 'JIRA_API_TOKEN'],
  variants: [
    {
      needs: { apis: ['jira'], sent: 'basic' },
      connect: 'atlassian --method api-token',
      map: (credentials) =>
        ok([...common(credentials, 'basic'), ...variable('JIRA_LOGIN', usernameOf(credentials))]),
    },
    {
      needs: { apis: ['jira'], sent: 'bearer' },
      connect: 'atlassian',
      map: (credentials) =>
        ok([
          ...common(credentials, 'bearer'),
          ...variable('JIRA_LOGIN', credentials.connection.account.email),
        ]),
    },
  ],
};
