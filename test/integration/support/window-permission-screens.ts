import type { Page } from 'playwright-core';
import type { ConnectionView } from '../../../contract/connection.ts';
import type { ProviderView } from '../../../contract/provider.ts';
import { bundledView } from '../../fakes/bundled-view.ts';
import { aClient, aConnection, aProvider, fullSnapshot, type Snapshot } from '../../fakes/window-data.ts';
import { button, option, tab, type WindowScreen } from './window-screens.ts';

const client = aClient();

const withProvider = (provider: ProviderView): Snapshot => ({
  ...fullSnapshot(Date.now()),
  providers: [{ ...provider, clients: [client] }],
});

const atlassian = (): Snapshot => withProvider(bundledView('atlassian'));

/** Everything asked for, and two of it refused. */
const missing = (): Snapshot => {
  const snapshot = atlassian();
  const requestedScopes = bundledView('atlassian').defaultScopes;
  const missingScopes = ['write:jira-work', 'search:confluence'];
  const [first, ...others] = snapshot.connections;
  const acme: ConnectionView = {
    ...(first ?? aConnection(1, Date.now())),
    requestedScopes,
    missingScopes,
    scopes: requestedScopes.filter((scope) => !missingScopes.includes(scope)),
    status: { state: 'missing-scope', since: new Date().toISOString(), scopes: missingScopes },
  };
  return { ...snapshot, connections: [acme, ...others] };
};

const presets = async (page: Page): Promise<void> => {
  await button(page, 'Connect').click();
  await button(page, 'Change permissions').click();
  await page.getByRole('dialog', { name: 'What should it be allowed to do?' }).waitFor();
};

const all = async (page: Page): Promise<void> => {
  await presets(page);
  await button(page, 'Show all permissions').click();
};

export const permissionSearch = (page: Page) =>
  page.getByRole('searchbox', { name: /^Search .* permission/ });

const searching =
  (text: string) =>
  async (page: Page): Promise<void> => {
    await all(page);
    await permissionSearch(page).fill(text);
  };

/** The choice of permissions, and what became of it. */
export const PERMISSION_SCREENS: readonly WindowScreen[] = [
  { name: 'Permissions, presets', snapshot: atlassian, reach: presets },
  { name: 'Permissions, all', snapshot: atlassian, reach: all },
  { name: 'Permissions, searching', snapshot: atlassian, reach: searching('page') },
  {
    name: 'Permissions, nothing found',
    snapshot: atlassian,
    reach: searching('read:odd:thing write:odd:thing'),
  },
  {
    name: 'Permissions, your own choice',
    snapshot: atlassian,
    reach: async (page) => {
      await all(page);
      await page.getByRole('checkbox', { name: /^Change project settings/ }).check();
      await button(page, 'Hide all permissions').click();
    },
  },
  {
    name: 'Permissions, only ticked',
    snapshot: atlassian,
    reach: async (page) => {
      await all(page);
      await button(page, 'Only ticked').click();
    },
  },
  { name: 'Permissions, no presets', snapshot: () => withProvider(bundledView('github')), reach: all },
  {
    name: 'Permissions, a single one',
    snapshot: () =>
      withProvider(
        aProvider({
          scopes: [{ scope: 'read', description: 'Read what you can read' }],
          requiredScopes: [],
          defaultScopes: ['read'],
          scopePresets: [],
        }),
      ),
    reach: all,
  },
  {
    name: 'Permissions, three hundred',
    snapshot: () =>
      withProvider(
        aProvider({
          scopes: Array.from({ length: 300 }, (_, n) => ({
            scope: `read:${'thing-'.repeat(n % 9)}${n}`,
            description: n % 3 === 0 ? '' : `Read things of kind ${n}`,
            console: `Area ${Math.floor(n / 30)} API`,
          })),
        }),
      ),
    reach: all,
  },
  {
    name: 'Permissions of a connection, missing',
    snapshot: missing,
    reach: async (page) => {
      await option(page, 'acme').click();
      await tab(page, 'Permissions').click();
      await page.getByRole('region', { name: 'Missing permissions' }).waitFor();
    },
  },
  {
    name: 'A permission is missing',
    snapshot: missing,
    reach: (page) => option(page, 'acme').click(),
  },
];
