import { createCloudClient } from 'jira.js';
import type { AuthBasic, AuthBearer } from 'jira.js/core';
import type { Values } from '../../../integration/support/env-rules.ts';
import { ofNode } from '../programs.ts';
import { must, type Row } from '../row.ts';
import type { MatrixWorld } from '../world.ts';

const row = (
  fedBy: string,
  client: (world: MatrixWorld) => Promise<[string, AuthBasic | AuthBearer]>,
): Row => ({
  ...{ tool: 'jira.js', fedBy, needed: 'tests', find: ofNode('jira.js') },
  use: async (world) => {
    const [host, auth] = await client(world);
    const jira = createCloudClient({ host, auth, onSchemaMismatch: 'throw' });
    must((await jira.myself.getCurrentUser()).displayName === 'Ana Keller', 'Jira did not say who it is');
    const { values } = await jira.projects.searchProjects();
    must(
      values.some(({ key }) => key === 'TRAY'),
      'the project is not there',
    );
  },
});

const env = async (world: MatrixWorld, connection: string, preset: string): Promise<Values> =>
  JSON.parse(await world.tokentray('env', connection, '--preset', preset, '--format', 'json')) as Values;

export const JIRA_JS: readonly Row[] = [
  row('env --preset atlassian', async (world) => {
    const values = await env(world, 'cloud', 'atlassian');
    return [
      values['ATLASSIAN_JIRA_API_URL'] ?? '',
      { type: 'bearer', token: values['ATLASSIAN_ACCESS_TOKEN'] ?? '' },
    ];
  }),
  row('env --preset jira-js', async (world) => {
    const values = await env(world, 'token', 'jira-js');
    const { JIRA_BASE_URL = '', JIRA_EMAIL: email = '', JIRA_API_TOKEN: apiToken = '' } = values;
    return [JIRA_BASE_URL, { type: 'basic', email, apiToken }];
  }),
  row('get', async ({ tokentray }) => [
    await tokentray('get', 'cloud', '--field', 'jira_api_url'),
    { type: 'bearer', getToken: () => tokentray('get', 'cloud') },
  ]),
  row('gateway key', ({ gateway, key }) =>
    Promise.resolve([
      `${gateway.url}/cloud/jira`,
      { type: 'basic', email: 'anybody@example.com', apiToken: key },
    ]),
  ),
];
