import type { Page } from 'playwright-core';
import type { Failure } from '../../../contract/errors.ts';
import { bundledProvider } from '../../fakes/bundled-provider.ts';
import type { FakeWindowCore } from '../../fakes/fake-window-core.ts';
import { aClient, emptySnapshot, fullSnapshot, type Snapshot } from '../../fakes/window-data.ts';
import { button, section, type WindowScreen } from './window-screens.ts';

export const CLIENT_ID = 'kT4vQ9zLrB2mXw7NcE5yHs81aB3dE6gH';
export const CLIENT_SECRET = 'made-up-client-secret';

const fresh =
  (id = 'atlassian') =>
  (): Snapshot => ({
    ...emptySnapshot(),
    providers: [bundledProvider(id)],
  });
const withClient = (): Snapshot => ({
  ...fullSnapshot(Date.now()),
  providers: [bundledProvider('atlassian', { clients: [aClient()] })],
});

const guide = async (page: Page): Promise<void> => {
  await button(page, 'Connect account').click();
  await page.getByRole('heading', { name: 'Set the redirect URI' }).waitFor();
  await page.getByText('is free').waitFor();
};

export const fillCredentials = async (page: Page): Promise<void> => {
  await page.getByLabel('Client ID').fill(CLIENT_ID);
  await page.getByLabel('Secret', { exact: true }).fill(CLIENT_SECRET);
};

const signingIn = async (page: Page): Promise<void> => {
  await guide(page);
  await fillCredentials(page);
  const opened = page.context().waitForEvent('page');
  await button(page, 'Save and sign in').click();
  await (await opened).close();
  await page.getByRole('dialog', { name: 'Waiting for your browser' }).waitFor();
};

/** The provider refuses, and the guide comes back; `words`: what it says then, if not the failure's message. */
export const refuse =
  (error: Failure, words = error.message) =>
  async (page: Page, core: FakeWindowCore): Promise<void> => {
    await signingIn(page);
    const [signIn] = core.snapshot.signIns;
    if (signIn === undefined) throw new Error('nobody signs in');
    core.push({ type: 'sign-in', signIn: { ...signIn, stage: { stage: 'failed', error } } });
    await page.getByText(words).waitFor();
  };

const onPage =
  (cause: string) =>
  async (page: Page): Promise<void> => {
    await signingIn(page);
    await page.getByText('Did Atlassian Cloud show an error?').click();
    await page.getByRole('button', { name: cause }).click();
    await page.getByRole('heading', { name: 'Set the redirect URI' }).waitFor();
  };

/** Setting up an OAuth client: the guide in each of its states. Its steps are longer than the smallest window is high. */
export const SETUP_SCREENS: readonly WindowScreen[] = [
  { name: 'Set-up, nothing yet', snapshot: fresh(), reach: guide },
  {
    name: 'Set-up, filled in',
    snapshot: fresh(),
    reach: async (page) => {
      await guide(page);
      await page.getByRole('button', { name: 'Copy redirect URI' }).click();
      await fillCredentials(page);
      await page.getByLabel('Secret', { exact: true }).press('Tab');
      await page.getByText('Looks right').waitFor();
    },
  },
  {
    name: 'Set-up, the ID pasted again as the secret',
    snapshot: fresh(),
    reach: async (page) => {
      await guide(page);
      await page.getByLabel('Client ID').fill(CLIENT_ID);
      await page.getByLabel('Secret', { exact: true }).fill(CLIENT_ID);
      await button(page, 'Save and sign in').click();
      await page.getByText('This is the client ID again.', { exact: false }).waitFor();
    },
  },
  {
    name: 'Set-up, the port is taken',
    snapshot: fresh(),
    reach: async (page) => {
      await guide(page);
      await page.getByRole('textbox', { name: 'Redirect URI' }).fill('http://127.0.0.1:7999/callback');
      await button(page, 'Use port 7980').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'Set-up, wrong secret',
    snapshot: fresh(),
    reach: refuse(
      {
        code: 'misconfigured',
        message:
          'Atlassian Cloud did not accept the client secret of the OAuth client “Atlassian Cloud” (access_denied: Unauthorized).',
        hint: 'Copy the client secret again and replace it.',
        field: 'client-secret',
      },
      'The provider does not accept this secret.',
    ),
  },
  {
    name: 'Set-up, access denied by the person',
    snapshot: fresh(),
    reach: refuse({
      code: 'denied',
      message: 'Access was denied at Atlassian Cloud.',
      hint: 'Sign in again and accept the request.',
    }),
  },
  {
    name: 'Waiting, the provider showed an error',
    snapshot: fresh(),
    reach: async (page) => {
      await signingIn(page);
      await page.getByText('Did Atlassian Cloud show an error?').click();
    },
  },
  {
    name: 'Set-up, redirect URI not registered',
    snapshot: fresh(),
    reach: onPage('It does not accept the redirect URI, or callback address'),
  },
  {
    name: 'Set-up, permission not enabled',
    snapshot: fresh(),
    reach: onPage('It names a scope or permission, or says only that something went wrong'),
  },
  {
    name: 'Set-up, a file of the organisation',
    snapshot: fresh(),
    reach: async (page) => {
      await guide(page);
      await button(page, 'My organisation gave me a file…').click();
      await page.getByRole('dialog', { name: 'Use a file from your organisation' }).waitFor();
    },
  },
  {
    name: 'Set-up, what the file holds',
    snapshot: fresh(),
    reach: async (page) => {
      await guide(page);
      await button(page, 'My organisation gave me a file…').click();
      await page.getByLabel('Or paste its text').fill('{"client_id":"x"}');
      await button(page, 'Continue').click();
      await page.getByText(CLIENT_ID).waitFor();
    },
  },
  {
    name: 'Set-up of a provider without places in its console',
    snapshot: fresh('github'),
    reach: async (page) => {
      await button(page, 'Connect account').click();
      await page.getByText('is free').waitFor();
    },
  },
  {
    name: 'Set-up of a service account',
    snapshot: fresh(),
    reach: async (page) => {
      await guide(page);
      await page.getByRole('radio', { name: 'Service account' }).check();
      await page.getByRole('dialog', { name: 'Connect a service account of Atlassian Cloud' }).waitFor();
    },
  },
  {
    name: 'Set-up, editing a client',
    snapshot: withClient,
    reach: async (page) => {
      await section(page, 'Providers').click();
      await button(page, 'Edit OAuth client Acme tools').click();
      await page.getByText('is free').waitFor();
    },
  },
];
