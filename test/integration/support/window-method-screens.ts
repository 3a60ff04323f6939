import type { Page } from 'playwright-core';
import type { FakeWindowCore } from '../../fakes/fake-window-core.ts';
import type { SignInStage, SignInView } from '../../../contract/sign-in.ts';
import {
  aField,
  aSignInAt,
  enterCode,
  enterSecret,
  manyProviders,
  methodSnapshot,
} from '../../fakes/method-screens.ts';
import { backToList, button, section, tab, type WindowScreen } from './window-screens.ts';

const snapshot = () => methodSnapshot(Date.now());
const many = () => methodSnapshot(Date.now(), { providers: manyProviders() });

const connect = async (page: Page): Promise<void> => {
  await button(page, 'Connect').click();
  await page.getByRole('dialog').waitFor();
};
const at =
  (stage: (now: number) => SignInStage, change: Partial<SignInView> = {}) =>
  async (page: Page, core: FakeWindowCore): Promise<void> => {
    const now = Date.now();
    core.push({ type: 'sign-in', signIn: aSignInAt(stage(now), now, change) });
    await button(page, 'Show sign-in').click();
    await page.getByRole('dialog').waitFor();
  };
const on =
  (name: string, tabName: string | null = null) =>
  async (page: Page): Promise<void> => {
    await backToList(page);
    await page.getByRole('option', { name: `${name},` }).click();
    if (tabName !== null) await tab(page, tabName).click();
  };

/** The screens of the ways to sign in. */
export const METHOD_SCREENS: readonly WindowScreen[] = [
  { name: 'Connect, several ways', snapshot, reach: connect },
  {
    name: 'Connect, service account',
    snapshot,
    reach: async (page) => {
      await connect(page);
      await page.getByRole('radio', { name: 'Service account' }).check();
    },
  },
  {
    name: 'Connect, service account without a client',
    snapshot: () => {
      const { providers, ...rest } = snapshot();
      return { ...rest, providers: providers.map((item) => ({ ...item, clients: [] })) };
    },
    reach: async (page) => {
      await connect(page);
      await page.getByRole('radio', { name: 'Service account' }).check();
    },
  },
  {
    name: 'Connect, self-hosted',
    snapshot,
    reach: async (page) => {
      await connect(page);
      await button(page, 'Change provider').click();
      await page.getByRole('option', { name: 'Example Data Center' }).click();
    },
  },
  {
    name: 'Connect, providers',
    snapshot: many,
    reach: async (page) => {
      await connect(page);
      await button(page, 'Change provider').click();
    },
  },
  { name: 'Enter secret', snapshot, reach: at(enterSecret) },
  {
    name: 'Enter secret, refused',
    snapshot,
    reach: at((now) =>
      enterSecret(now, {
        notice: 'It does not begin as an API token usually does.',
        error: {
          code: 'denied',
          message:
            'Example Cloud does not accept this: it is wrong, has ended, or belongs to another account or site.',
          hint: 'Check the address and the user name, or create a new one and paste it.',
          field: 'secret',
        },
      }),
    ),
  },
  {
    name: 'Enter secret, offline',
    snapshot,
    reach: at((now) =>
      enterSecret(now, {
        fields: [aField({ label: 'Personal access token' })],
        error: {
          code: 'offline',
          message: 'Example Data Center cannot be reached: the connection was refused.',
          hint: 'Check the address and the network, then try again.',
        },
      }),
    ),
  },
  {
    name: 'Replace secret',
    snapshot,
    reach: async (page, core) => {
      const { id } = core.snapshot.connections.find(({ name }) => name === 'ended') ?? {};
      await at(enterSecret, { reconnects: id ?? null })(page, core);
    },
  },
  { name: 'Enter code', snapshot, reach: at(enterCode) },
  { name: 'A service account', snapshot, reach: on('robot') },
  { name: 'An API token', snapshot, reach: on('token') },
  { name: 'An API token, its values', snapshot, reach: on('token', 'Token') },
  { name: 'A token that has ended', snapshot, reach: on('ended') },
  { name: 'On premises', snapshot, reach: on('on premises') },
  { name: 'Fewer permissions', snapshot, reach: on('from before') },
  { name: 'Permissions of one with fewer', snapshot, reach: on('from before', 'Permissions') },
  {
    name: 'Request permissions',
    snapshot,
    reach: async (page) => {
      await on('browser', 'Permissions')(page);
      await button(page, 'Change permissions…').click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'Remove one of a shared sign-in',
    snapshot,
    reach: async (page) => {
      await on('browser')(page);
      await page.keyboard.press('Delete');
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'Remove a token',
    snapshot,
    reach: async (page) => {
      await on('token')(page);
      await page.keyboard.press('Delete');
      await page.getByRole('dialog').waitFor();
    },
  },
  { name: 'Providers, many', snapshot: many, reach: (page) => section(page, 'Providers').click() },
];
