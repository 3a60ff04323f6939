import type { Page } from 'playwright-core';
import { aField, aSignInAt, enterSecret, methodSnapshot } from '../../fakes/method-screens.ts';
import { fullSnapshot } from '../../fakes/window-data.ts';
import { button, option, section, type WindowScreen } from './window-screens.ts';

const full = () => fullSnapshot(Date.now());

const inDialog = (page: Page, name: string) =>
  page.getByRole('dialog').getByRole('button', { name, exact: true });

const settings = async (page: Page, name: string): Promise<void> => {
  await section(page, 'Settings').click();
  await button(page, name).click();
};

/** Leaves a field with this in it. */
const leave = async (page: Page, label: string, text: string): Promise<void> => {
  await page.getByLabel(label, { exact: true }).fill(text);
  await page.getByLabel(label, { exact: true }).press('Tab');
};

/** Forms in which something is wrong. */
export const FORM_SCREENS: readonly WindowScreen[] = [
  {
    name: 'Faults, rename',
    snapshot: full,
    reach: async (page) => {
      await option(page, 'acme').click();
      await page.keyboard.press('F2');
      await page.getByLabel('Name', { exact: true }).fill('');
      await inDialog(page, 'Rename').click();
    },
  },
  {
    name: 'Faults, back up',
    snapshot: full,
    reach: async (page) => {
      await settings(page, 'Back up…');
      await leave(page, 'File', 'backup.age');
      await leave(page, 'Passphrase', 'short');
      await leave(page, 'Passphrase again', 'other');
    },
  },
  {
    name: 'Faults, restore',
    snapshot: full,
    reach: async (page) => {
      await settings(page, 'Restore…');
      await inDialog(page, 'Continue').click();
    },
  },
  {
    name: 'Faults, network',
    snapshot: full,
    reach: async (page, core) => {
      core.answers['network.get'] = () => ({
        value: {
          connection: null,
          settings: {},
          hasProxyPassword: false,
          hasKeyPassphrase: false,
          effective: {},
          route: 'directly',
        },
      });
      await section(page, 'Settings').click();
      await page.getByLabel('Proxy', { exact: true }).selectOption('manual');
      await page.getByLabel('Certificate authority').fill('acme.pem');
      await button(page, 'Save network settings').click();
    },
  },
  {
    name: 'Faults, port',
    snapshot: full,
    reach: async (page) => {
      await section(page, 'Settings').click();
      const port = page.getByRole('textbox', { name: 'Port of the gateway' });
      await port.fill('80');
      await port.press('Tab');
    },
  },
  {
    name: 'Faults, key',
    snapshot: full,
    reach: async (page) => {
      await section(page, 'Gateway').click();
      await button(page, 'Add key').first().click();
      await page.getByText('Limits and expiry').click();
      await page.getByLabel('Requests a minute').fill('many');
      await page.getByText('Limits and expiry').click();
      await inDialog(page, 'Add key').click();
    },
  },
  {
    name: 'Faults, env file',
    snapshot: full,
    reach: async (page) => {
      await section(page, 'Env files').click();
      await button(page, 'Add env file').first().click();
      await leave(page, 'File', '.env');
    },
  },
  {
    name: 'Faults, secret',
    snapshot: () => methodSnapshot(Date.now()),
    reach: async (page, core) => {
      const now = Date.now();
      const stage = enterSecret(now, {
        fields: [
          aField({ name: 'url', label: 'Address', kind: 'url' }),
          aField({ name: 'username', label: 'E-mail', kind: 'email' }),
          aField({ name: 'secret', label: 'API token' }),
        ],
      });
      core.push({ type: 'sign-in', signIn: aSignInAt(stage, now) });
      await button(page, 'Show sign-in').click();
      await leave(page, 'Address', 'acme .example');
      await leave(page, 'E-mail', 'ana');
      await page.getByRole('dialog').getByRole('button', { name: 'Connect', exact: true }).click();
    },
  },
];
