import type { Page } from 'playwright-core';
import type { ConnectionView } from '../../../contract/connection.ts';
import type { ConnectionUse } from '../../../contract/example.ts';
import { connectionUse } from '../../fakes/connection-use.ts';
import type { FakeWindowCore } from '../../fakes/fake-window-core.ts';
import { fullSnapshot, type Snapshot } from '../../fakes/window-data.ts';
import { backToList, button, option, tab, type WindowScreen } from './window-screens.ts';

/** The usual data, with “acme” changed. */
export function withAcme(change: Partial<ConnectionView> = {}): Snapshot {
  const snapshot = fullSnapshot(Date.now());
  return {
    ...snapshot,
    connections: snapshot.connections.map((connection) =>
      connection.name === 'acme' ? { ...connection, ...change } : connection,
    ),
  };
}

/** Opens the tab *Use* of a connection. */
export async function onUse(page: Page, name = 'acme'): Promise<void> {
  await backToList(page);
  await option(page, name).click();
  await tab(page, 'Use').click();
  await page.getByRole('region', { name: 'Code' }).first().waitFor();
}

const using =
  (name = 'acme', change?: Partial<ConnectionUse>) =>
  async (page: Page, core: FakeWindowCore): Promise<void> => {
    if (change !== undefined)
      core.answers['connections.example'] = ({ connection }) => {
        const view = core.snapshot.connections.find(({ id }) => id === connection);
        if (view === undefined) throw new Error(`no ${connection}`);
        return { value: connectionUse(view, change) };
      };
    await onUse(page, name);
  };

const API_TOKEN = {
  method: 'api-token',
  grant: null,
  username: 'ana@acme.example',
  header: { name: 'authorization', value: 'Basic ••••••••' },
  canRefresh: false,
} as const;

/** How a connection is used, in its forms. */
export const USE_SCREENS: readonly WindowScreen[] = [
  { name: 'Use', snapshot: withAcme, reach: using() },
  {
    name: 'Use, tested',
    snapshot: withAcme,
    reach: async (page, core) => {
      await using()(page, core);
      await button(page, 'Run test').click();
      await page.getByText('200, 214 ms').waitFor();
    },
  },
  {
    name: 'Use, a test that failed',
    snapshot: withAcme,
    reach: async (page, core) => {
      const [connection] = core.snapshot.connections;
      if (connection === undefined) throw new Error('no connection');
      const url = 'https://api.atlassian.com/ex/jira/cloud-acme/rest/api/3/myself';
      core.answers['connections.test'] = () => ({
        value: {
          connection,
          ok: false,
          results: [
            {
              check: 'Jira',
              ok: false,
              message: 'Atlassian Cloud no longer accepts the token.',
              code: 'needs-reconnect',
              hint: 'Run tokentray reconnect acme.',
            },
          ],
          account: null,
          site: null,
          products: [],
          scopes: [],
          answer: { method: 'GET', url, status: 401, ms: 80, line: '{"code":401,"message":"Unauthorized"}' },
        },
      });
      await using()(page, core);
      await button(page, 'Run test').click();
      await page.getByText('401, 80 ms').waitFor();
    },
  },
  {
    name: 'Use, a file added',
    snapshot: withAcme,
    reach: async (page, core) => {
      await using()(page, core);
      await page.getByLabel('File or folder of your project').fill('/home/ana/code/triage/');
      await button(page, 'Add').click();
      await page.getByText('kept up to date').waitFor();
    },
  },
  {
    name: 'Use, a file that asks first',
    snapshot: withAcme,
    reach: async (page, core) => {
      await using()(page, core);
      await page.getByLabel('File or folder of your project').fill('/home/ana/conflict/.env');
      await button(page, 'Add').click();
      await button(page, 'Keep both').waitFor();
    },
  },
  { name: 'Use, API token', snapshot: () => withAcme(API_TOKEN), reach: using() },
  {
    name: 'Use, no API known',
    snapshot: () => withAcme({ apis: [], site: null, sites: [] }),
    reach: using('acme', { request: null }),
  },
  {
    name: 'Use, several secrets',
    snapshot: withAcme,
    reach: using('acme', {
      sent: { header: 'DD-API-KEY', prefix: '', field: 'access_token', also: ['DD-APPLICATION-KEY'] },
    }),
  },
  {
    name: 'Use on Windows, an odd name',
    snapshot: () => withAcme(),
    reach: using('acme', {
      command: {
        typed: 'tokentray',
        program: ['C:\\Program Files\\Tokentray\\bin\\tokentray.cmd'],
        sandbox: true,
        shell: 'windows',
      },
    }),
  },
  { name: 'Use, needs reconnect', snapshot: withAcme, reach: using('beta') },
];
