import type { Page } from 'playwright-core';
import { LOCKED } from '../../fakes/fake-lock-answers.ts';
import type { FakeWindowCore } from '../../fakes/fake-window-core.ts';
import {
  aConnection,
  aSite,
  emptySnapshot,
  fullSnapshot,
  largeSnapshot,
  type Snapshot,
} from '../../fakes/window-data.ts';

/** One screen or dialog of the window: what the core has, and how a person gets there. */
export interface WindowScreen {
  name: string;
  snapshot: () => Snapshot;
  reach: (page: Page, core: FakeWindowCore) => Promise<void>;
}

export const option = (page: Page, name: string) => page.getByRole('option', { name: `${name},` });
export const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
export const section = (page: Page, name: string) =>
  page.getByRole('navigation').getByRole('button', { name });
export const tab = (page: Page, name: string) => page.getByRole('tab', { name });

export async function menu(page: Page, item: string): Promise<void> {
  await button(page, 'More').click();
  // Whole, as “Refresh” is also in “Pause refreshing”.
  await page.getByRole('menuitem', { name: new RegExp(`^${item}…?$`) }).click();
}

/** Narrow windows show the list or the detail. */
export async function backToList(page: Page): Promise<void> {
  const back = button(page, 'All connections');
  if (await back.isVisible()) await back.click();
}

const full = (): Snapshot => fullSnapshot(Date.now());
const fresh = (change: Partial<Snapshot['status']> = {}): Snapshot => {
  const empty = emptySnapshot();
  return {
    ...empty,
    status: { ...empty.status, ...change },
    settings: { ...empty.settings, firstRunDone: false },
  };
};
const onDesktop = (snapshot: Snapshot, tray = true): Snapshot => ({
  ...snapshot,
  status: { ...snapshot.status, host: 'electron', desktop: { tray, startsAtLogin: false } },
  updates: { state: 'ready', version: '0.2.0', asksForPassword: true },
});
const alone = (): Snapshot => ({
  ...emptySnapshot(),
  connections: [aConnection(1, Date.now(), { name: 'acme', active: true })],
});
const oneSite = (): Snapshot => {
  const snapshot = full();
  const [first, ...others] = snapshot.connections;
  return {
    ...snapshot,
    connections: first === undefined ? [] : [{ ...first, sites: [aSite('acme')] }, ...others],
  };
};

const dialog = (page: Page, name: string | RegExp) => page.getByRole('dialog', { name }).waitFor();
const onAcme = async (page: Page): Promise<void> => {
  await option(page, 'acme').click();
};
const onTab =
  (name: string) =>
  async (page: Page): Promise<void> => {
    await onAcme(page);
    await tab(page, name).click();
  };
const inSection =
  (name: string) =>
  async (page: Page): Promise<void> => {
    await section(page, name).click();
  };
const waiting = async (page: Page): Promise<void> => {
  await button(page, 'Connect').click();
  await button(page, 'Continue in browser').click();
  await dialog(page, 'Waiting for your browser');
};
const pasted = async (page: Page): Promise<void> => {
  await waiting(page);
  await page.getByLabel('Or paste the callback address').fill('http://127.0.0.1:7979/callback?code=x');
  await button(page, 'Continue').click();
  await dialog(page, 'Choose a site');
};
const several = async (page: Page): Promise<void> => {
  await option(page, 'acme').click({ modifiers: ['Control'] });
  await option(page, 'beta').click({ modifiers: ['Control'] });
  await option(page, 'gamma').click({ modifiers: ['Control'] });
};

/** Every screen and dialog there is. */
export const WINDOW_SCREENS: readonly WindowScreen[] = [
  { name: 'first run', snapshot: fresh, reach: (page) => page.getByText('Welcome to Tokentray').waitFor() },
  {
    name: 'first run in the sandbox',
    snapshot: () => fresh({ sandbox: { url: 'http://127.0.0.1:1/' } }),
    reach: (page) => page.getByText('Welcome to Tokentray').waitFor(),
  },
  {
    name: 'Where to find Tokentray',
    snapshot: () => {
      const snapshot = onDesktop(full());
      return { ...snapshot, settings: { ...snapshot.settings, firstRunDone: false } };
    },
    reach: async (page) => {
      await onAcme(page);
      await page.keyboard.press('F2');
      await page.keyboard.press('Escape');
      await dialog(page, 'Where to find Tokentray');
    },
  },
  {
    name: 'nothing connected',
    snapshot: emptySnapshot,
    reach: (page) => button(page, 'Connect account').waitFor(),
  },
  {
    name: 'no tray icons',
    snapshot: () => onDesktop(full(), false),
    reach: (page) => page.getByText('Your desktop shows no tray icons; the window stays open.').waitFor(),
  },
  {
    name: 'keychain locked',
    snapshot: () => {
      const snapshot = full();
      const error = {
        code: 'keychain-locked',
        message: 'The keychain is locked.',
        hint: 'Unlock it; Tokentray goes on by itself.',
      } as const;
      return { ...snapshot, status: { ...snapshot.status, keychain: { state: 'unavailable', error } } };
    },
    reach: (page) => page.getByText('The keychain is locked.').waitFor(),
  },
  {
    name: 'locked',
    snapshot: () => {
      const snapshot = full();
      return { ...snapshot, status: { ...snapshot.status, keychain: LOCKED } };
    },
    reach: (page) => button(page, 'Unlock').waitFor(),
  },
  {
    name: 'Settings: lock and hooks',
    snapshot: full,
    reach: async (page) => {
      await section(page, 'Settings').click();
      await page.getByText('no route to host').scrollIntoViewIfNeeded();
    },
  },
  { name: 'the list', snapshot: full, reach: (page) => option(page, 'acme').waitFor() },
  {
    name: 'the list, three connections',
    snapshot: () => largeSnapshot(Date.now(), 3),
    reach: (page) => page.getByRole('option').first().waitFor(),
  },
  {
    name: 'the list, what needs attention first, without groups',
    snapshot: () => {
      const snapshot = full();
      const settings = {
        ...snapshot.settings,
        connectionSort: 'urgent',
        connectionGroup: 'none',
      } as const;
      return { ...snapshot, settings };
    },
    reach: (page) => option(page, 'beta').waitFor(),
  },
  {
    name: 'the list, two hundred connections by site',
    snapshot: () => {
      const snapshot = largeSnapshot(Date.now(), 200);
      return { ...snapshot, settings: { ...snapshot.settings, connectionGroup: 'site' } };
    },
    reach: (page) => page.getByRole('option').first().waitFor(),
  },
  {
    name: 'one state only',
    snapshot: full,
    reach: async (page) => {
      await button(page, 'Filter, sort and group').click();
      await page.getByRole('menuitemradio', { name: 'Needs attention', exact: true }).click();
      await page.getByText('Filter: Needs attention').waitFor();
    },
  },
  { name: 'no result', snapshot: full, reach: (page) => page.getByRole('searchbox').fill('zzz') },
  {
    name: 'no connection in this state',
    snapshot: alone,
    reach: async (page) => {
      await button(page, 'Filter, sort and group').click();
      await page.getByRole('menuitemradio', { name: 'Offline' }).click();
      await page.getByText('No connection matches the filter').waitFor();
    },
  },
  {
    name: 'the filter menu',
    snapshot: full,
    reach: async (page) => {
      await button(page, 'Filter, sort and group').click();
    },
  },
  {
    name: 'the menu of a row',
    snapshot: full,
    reach: async (page) => {
      await option(page, 'acme-sandbox').click({ button: 'right' });
      await page.getByRole('menu', { name: 'Menu for acme-sandbox' }).waitFor();
    },
  },
  { name: 'several selected', snapshot: full, reach: several },
  {
    name: 'Remove several',
    snapshot: full,
    reach: async (page) => {
      await several(page);
      await page.keyboard.press('Delete');
      await dialog(page, 'Remove 3 connections?');
    },
  },
  { name: 'Overview', snapshot: full, reach: onTab('Overview') },
  { name: 'Token', snapshot: full, reach: onTab('Token') },
  {
    name: 'Token shown',
    snapshot: full,
    reach: async (page) => {
      await onTab('Token')(page);
      await button(page, 'Show access token').click();
      await button(page, 'Hide access token').waitFor();
    },
  },
  { name: 'Permissions', snapshot: full, reach: onTab('Permissions') },
  {
    name: 'Permissions with one missing',
    snapshot: full,
    reach: async (page) => {
      await option(page, 'beta-docs').click();
      await tab(page, 'Permissions').click();
    },
  },
  { name: 'Sites', snapshot: full, reach: onTab('Sites') },
  { name: 'one site', snapshot: oneSite, reach: onTab('Sites') },
  {
    name: 'Activity of a connection',
    snapshot: full,
    reach: async (page) => {
      await onTab('Activity')(page);
      await page.getByRole('list', { name: 'Activity' }).waitFor();
    },
  },
  {
    name: 'a connection that needs its person',
    snapshot: full,
    reach: async (page) => {
      await option(page, 'beta').click();
    },
  },
  {
    name: 'a connection that can’t be renewed',
    snapshot: full,
    reach: async (page) => {
      await option(page, 'jira-onprem').click();
    },
  },
  {
    name: 'an offline connection',
    snapshot: full,
    reach: async (page) => {
      await option(page, 'acme-sandbox').click();
    },
  },
  {
    name: 'the menu',
    snapshot: full,
    reach: async (page) => {
      await onAcme(page);
      await button(page, 'More').click();
    },
  },
  {
    name: 'test results',
    snapshot: full,
    reach: async (page) => {
      await onAcme(page);
      await button(page, 'Test').click();
      await page.getByText('Signed in as Ana Keller.').waitFor();
    },
  },
  {
    name: 'Connect',
    snapshot: full,
    reach: async (page) => {
      await button(page, 'Connect').click();
      await dialog(page, 'Connect account');
    },
  },
  {
    name: 'Connect, permissions',
    snapshot: full,
    reach: async (page) => {
      await button(page, 'Connect').click();
      await button(page, 'Change permissions').click();
      await button(page, 'Show all permissions').click();
    },
  },
  { name: 'waiting', snapshot: full, reach: waiting },
  { name: 'Choose a site', snapshot: full, reach: pasted },
  {
    name: 'Connected',
    snapshot: full,
    reach: async (page) => {
      await pasted(page);
      await button(page, 'Use this site').click();
      await dialog(page, 'Connected');
    },
  },
  {
    name: 'Rename',
    snapshot: full,
    reach: async (page) => {
      await onAcme(page);
      await menu(page, 'Rename');
    },
  },
  {
    name: 'Change site',
    snapshot: full,
    reach: async (page) => {
      await onAcme(page);
      await menu(page, 'Change site');
    },
  },
  {
    name: 'Remove',
    snapshot: full,
    reach: async (page) => {
      await onAcme(page);
      await menu(page, 'Remove');
    },
  },
  {
    name: 'Removed',
    snapshot: full,
    reach: async (page) => {
      await onAcme(page);
      await menu(page, 'Remove');
      await page.getByLabel(/^Also ask/).check();
      await button(page, 'Remove').click();
      await dialog(page, 'acme removed');
    },
  },
  { name: 'Providers', snapshot: full, reach: inSection('Providers') },
  {
    name: 'Providers, permissions',
    snapshot: () => ({
      ...full(),
      problems: [
        {
          file: '/home/ana/.config/tokentray/providers/acme.json',
          field: 'oauth2.tokenUrl',
          message: 'An address must be https.',
          hint: 'Begin it with https://.',
        },
      ],
    }),
    reach: async (page) => {
      await inSection('Providers')(page);
      await page.getByText(/^\d+ permissions$/).click();
    },
  },
  {
    name: 'Remove OAuth client',
    snapshot: full,
    reach: async (page) => {
      await inSection('Providers')(page);
      await button(page, 'Remove OAuth client Acme tools').click();
      await page.getByRole('dialog').waitFor();
    },
  },
  { name: 'Activity', snapshot: full, reach: inSection('Activity') },
  {
    name: 'Activity, nothing found',
    snapshot: full,
    reach: async (page) => {
      await inSection('Activity')(page);
      await page.getByRole('searchbox').fill('zzz');
      await page.getByText('Nothing matches “zzz”.').waitFor();
    },
  },
  { name: 'Settings', snapshot: full, reach: inSection('Settings') },
  {
    name: 'Settings of the desktop app',
    snapshot: () => onDesktop(full()),
    reach: inSection('Settings'),
  },
];
