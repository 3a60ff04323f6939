import type { Page } from 'playwright-core';
import type { Failure } from '../../../contract/errors.ts';
import type { SignInStage } from '../../../contract/sign-in.ts';
import type { UpdateState } from '../../../contract/updates.ts';
import type { FakeWindowCore } from '../../fakes/fake-window-core.ts';
import {
  aClient,
  aConnection,
  aProvider,
  aSignIn,
  connectionId,
  emptySnapshot,
  fullSnapshot,
  type Snapshot,
} from '../../fakes/window-data.ts';
import { button, option, section, type WindowScreen } from './window-screens.ts';

const full = (): Snapshot => fullSnapshot(Date.now());
const account = (name: string, email: string | null) => ({ id: name, name, email, pictureUrl: null });
const failure = (message: string): Failure => ({ code: 'io', message, hint: 'Look at it, then try again.' });
const VERSION = '0.2.0';

/** Reconnecting, up to where the core says that it stands so. */
const signInAt = (name: string, stage: SignInStage, title: string, reconnects = true): WindowScreen => ({
  name,
  snapshot: full,
  reach: async (page, core) => {
    if (reconnects) {
      await option(page, 'beta').click();
      await button(page, 'Reconnect').click();
    } else {
      await button(page, 'Connect').click();
      await button(page, 'Continue in browser').click();
    }
    await page.getByRole('dialog', { name: 'Waiting for your browser' }).waitFor();
    const change = { reconnects: reconnects ? connectionId(3) : null, stage };
    core.push({ type: 'sign-in', signIn: aSignIn(1, Date.now(), change) });
    await page.getByRole('dialog', { name: title }).waitFor();
  },
});

const updating = (updates: UpdateState, words: string): WindowScreen => ({
  name: `updates: ${updates.state}`,
  snapshot: () => ({ ...full(), updates }),
  reach: async (page) => {
    await section(page, 'Settings').click();
    await page.getByText(words).waitFor();
  },
});

const connectionAs = (
  name: string,
  change: Parameters<typeof aConnection>[2],
  words: string,
): WindowScreen => ({
  name,
  snapshot: () => ({ ...emptySnapshot(), connections: [aConnection(1, Date.now(), change)] }),
  reach: async (page) => {
    await page.getByRole('option').click();
    await page.getByText(words).first().waitFor();
  },
});

const keychain = (name: string, state: Snapshot['status']['keychain'], words: string): WindowScreen => ({
  name,
  snapshot: () => {
    const snapshot = full();
    return { ...snapshot, status: { ...snapshot.status, keychain: state } };
  },
  reach: (page) => page.getByText(words).first().waitFor(),
});

/** The page once more, from a core that answers the call so, or not at all. */
async function reloaded(page: Page, call: string, status: number | null): Promise<void> {
  await option(page, 'acme').waitFor();
  await page.route(`**/v1/${call}`, (route) => (status === null ? undefined : route.fulfill({ status })));
  await page.reload();
}

/** What comes over the window by itself, or goes wrong. */
export const WINDOW_STATES: readonly WindowScreen[] = [
  {
    name: 'loading',
    snapshot: full,
    reach: async (page) => {
      await reloaded(page, 'snapshot', null);
      await page.getByText('Loading…').waitFor();
    },
  },
  {
    name: 'a host that died',
    snapshot: full,
    reach: async (page: Page, core: FakeWindowCore) => {
      await option(page, 'acme').waitFor();
      await core.stop();
      await page.getByText('Tokentray isn’t running.', { exact: true }).waitFor();
    },
  },
  {
    name: 'a link that has ended',
    snapshot: full,
    reach: async (page) => {
      await reloaded(page, 'events', 401);
      await page.getByText('This page’s link has ended.').waitFor();
    },
  },
  signInAt(
    'waiting, with the port taken',
    {
      stage: 'waiting',
      authorizeUrl: 'https://auth.atlassian.example/authorize?state=s',
      redirectUri: 'http://127.0.0.1:7979/callback',
      listening: false,
      notice: 'Port 7979 is taken by another program.',
      deadline: new Date(Date.now() + 300_000).toISOString(),
    },
    'Waiting for your browser',
  ),
  signInAt('finishing a sign-in', { stage: 'exchanging' }, 'Signing in…', false),
  signInAt(
    'another account came back',
    {
      stage: 'confirm-account',
      expected: account('Ana Keller', 'ana@beta.example'),
      actual: account('Ben', null),
    },
    'Another account came back',
  ),
  signInAt('Reconnected', { stage: 'done', connection: connectionId(3) }, 'Reconnected'),
  signInAt('Not connected', { stage: 'failed', error: failure('You declined.') }, 'Not connected', false),
  {
    name: 'a sign-in under way, its dialog closed',
    snapshot: () => ({ ...full(), signIns: [aSignIn(1, Date.now())] }),
    reach: (page) => page.getByText(/waiting for your browser/i).waitFor(),
  },
  {
    name: 'Connect, several providers and clients',
    snapshot: () => ({
      ...full(),
      providers: [
        aProvider({ clients: [aClient(), aClient({ id: 'other' as never, name: 'Other' })] }),
        aProvider({ id: 'two' as never, name: 'Second provider' }),
      ],
    }),
    reach: async (page) => {
      await button(page, 'Connect').click();
      await page.getByLabel('OAuth client').waitFor();
    },
  },
  {
    name: 'a fault in a notice',
    snapshot: full,
    reach: async (page, core) => {
      core.answers['connections.refresh'] = () => ({ error: failure('Atlassian did not answer.') });
      await option(page, 'acme').click();
      await button(page, 'Refresh').click();
      await page.getByText('Atlassian did not answer.').waitFor();
    },
  },
  {
    name: 'a name that is not taken',
    snapshot: full,
    reach: async (page) => {
      await option(page, 'acme').click();
      await page.keyboard.press('F2');
      await page.getByRole('textbox', { name: 'Name' }).fill('');
      await page.keyboard.press('Enter');
      await page.getByText('A name can’t be empty.').waitFor();
    },
  },
  {
    name: 'an env file that is warned of',
    snapshot: full,
    reach: async (page) => {
      await section(page, 'Env files').click();
      await page.getByText('Git tracks this file.').waitFor();
      await page.getByText('Permission denied: /srv/shared/.env.').waitFor();
    },
  },
  connectionAs(
    'an OAuth client that is refused',
    {
      status: {
        state: 'needs-reconnect',
        since: new Date().toISOString(),
        fault: 'configuration',
        reason: 'The client secret is wrong.',
        hint: 'Put it right under Providers.',
      },
    },
    'Check OAuth client',
  ),
  connectionAs('everything paused', { status: { state: 'paused', since: null } }, 'All refreshing is paused'),
  keychain('keychain being opened', { state: 'opening' }, 'acme'),
  keychain('no keychain, by choice', { state: 'session-only' }, 'Secrets are kept in memory only.'),
  keychain(
    'no keychain',
    {
      state: 'unavailable',
      error: { code: 'keychain-missing', message: 'There is no keychain.', hint: 'x' },
    },
    'There is no keychain.',
  ),
  updating({ state: 'idle' }, 'only when you ask'),
  updating({ state: 'checking' }, 'Checking…'),
  updating({ state: 'none', checkedAt: new Date().toISOString() }, 'newest version'),
  updating({ state: 'available', version: VERSION, asksForPassword: false }, 'is available'),
  updating({ state: 'downloading', version: VERSION, percent: 40 }, '40 %'),
  updating({ state: 'failed', error: failure('The update is not signed.') }, 'not signed'),
  updating({ state: 'unsupported', why: 'This package is updated by your system.' }, 'by your system'),
];
