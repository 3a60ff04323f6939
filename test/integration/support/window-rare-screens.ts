import type { Page } from 'playwright-core';
import type { ConnectionStatus, ConnectionView } from '../../../contract/connection.ts';
import type { OAuthClientId, ProviderId } from '../../../contract/ids.ts';
import type { SignInStage } from '../../../contract/sign-in.ts';
import type { UpdateState } from '../../../contract/updates.ts';
import type { FakeWindowCore } from '../../fakes/fake-window-core.ts';
import {
  aClient,
  aConnection,
  anExport,
  aProvider,
  aSignIn,
  connectionId,
  emptySnapshot,
  fullSnapshot,
  largeSnapshot,
  signInId,
  uuid,
  type Snapshot,
} from '../../fakes/window-data.ts';
import { button, menu, option, section, type WindowScreen } from './window-screens.ts';

const MANY = 10_000;
const LONG = 'a-name-that-somebody-pasted-'.repeat(380);

const full = (): Snapshot => fullSnapshot(Date.now());
const ago = (ms: number): string => new Date(Date.now() - ms).toISOString();

/** The full window with one connection changed. */
const withAcme = (change: Partial<ConnectionView>): Snapshot => {
  const snapshot = full();
  const [acme, ...others] = snapshot.connections;
  return { ...snapshot, connections: acme === undefined ? [] : [{ ...acme, ...change }, ...others] };
};

const inState = (
  name: string,
  status: ConnectionStatus,
  change: Partial<ConnectionView> = {},
): WindowScreen => ({
  name,
  snapshot: () => withAcme({ status, ...change }),
  reach: (page) => option(page, 'acme').click(),
});

const gone = (fault: 'configuration' | 'key-lost', reason: string, hint: string): ConnectionStatus => ({
  state: 'needs-reconnect',
  since: ago(60_000),
  fault,
  reason,
  hint,
});

/** A sign-in that something else than this window began, shown from the strip over the list. */
const signingIn = (name: string, stage: SignInStage | null, title: string): WindowScreen => ({
  name,
  snapshot: () => {
    const signIn = aSignIn(1, Date.now(), { reconnects: connectionId(3) });
    return { ...full(), signIns: [stage === null ? signIn : { ...signIn, stage }] };
  },
  reach: async (page) => {
    await button(page, 'Show sign-in').click();
    await page.getByRole('dialog', { name: title }).waitFor();
  },
});

const updating = (updates: UpdateState): WindowScreen => ({
  name: `Updates, ${updates.state}`,
  snapshot: () => ({
    ...emptySnapshot(),
    status: { ...emptySnapshot().status, host: 'electron', desktop: { tray: true, startsAtLogin: true } },
    updates,
  }),
  reach: async (page) => {
    await section(page, 'Settings').click();
    await page.getByRole('region', { name: 'Updates' }).scrollIntoViewIfNeeded();
  },
});

const account = (email: string) => ({ id: email, name: 'Ana Keller', email, pictureUrl: null });

const oddNames = (): Snapshot => {
  const now = Date.now();
  const of = (n: number, name: string): ConnectionView => {
    const connection = aConnection(n, now, { name: `odd-${n}`, active: n === 1 });
    return { ...connection, name };
  };
  return {
    ...emptySnapshot(),
    connections: [
      of(1, `a ${LONG}`),
      of(2, 'b 🧑🏽‍🚀 the 🚀 launch site 🏳️‍🌈'),
      of(3, 'c موقع الفريق الرئيسي'),
      of(4, 'd <b>not bold</b> & “quoted”'),
      { ...of(5, 'e'), status: { state: 'missing-scope', since: ago(1), scopes: ['write:jira-work'] } },
    ],
    exports: [
      anExport(1, now, { file: `/home/ana/${LONG.slice(0, 400)}/.env` }),
      anExport(2, now, {
        file: '/home/ana/مشروع/.env',
        status: { state: 'pending' },
      }),
    ],
  };
};

const severalProviders = (): Snapshot => {
  const dataCenter = aProvider({
    id: 'jira-dc' as ProviderId,
    name: 'Jira Data Center',
    origin: 'added',
    file: '/home/ana/.config/tokentray/providers/jira-dc.json',
    docsUrl: null,
    scopes: [{ scope: 'WRITE', description: 'Read and change what you can' }],
    defaultScopes: ['WRITE'],
    scopePresets: [],
    clients: [],
  });
  const shipped = aClient({
    id: uuid(702) as OAuthClientId,
    name: 'Acme',
    origin: 'provider',
    hasSecret: false,
  });
  return { ...full(), providers: [aProvider({ clients: [aClient(), shipped] }), dataCenter] };
};

/** Reconnects beta, which its person declines in the browser. */
export async function reconnectDeclined(page: Page, core: FakeWindowCore): Promise<void> {
  await option(page, 'beta').click();
  await button(page, 'Reconnect').click();
  await page.getByRole('dialog', { name: 'Waiting for your browser' }).waitFor();
  const error = {
    code: 'denied',
    message: 'You declined in the browser.',
    hint: 'Choose Accept there to let Tokentray in.',
  } as const;
  const stage = { stage: 'failed', error } as const;
  core.push({ type: 'sign-in', signIn: aSignIn(1, Date.now(), { reconnects: connectionId(3), stage }) });
  await page.getByRole('alert').filter({ hasText: error.message }).waitFor();
}

const connectOpen = async (page: Page): Promise<void> => {
  await button(page, 'Connect').click();
  await page.getByRole('dialog', { name: 'Connect account' }).waitFor();
};

const failure = {
  code: 'io',
  message: 'The feed can’t be reached: the connection timed out.',
  hint: 'Check the network, then look again.',
} as const;

const withKeychain = (name: string, state: Snapshot['status']['keychain'], words: string): WindowScreen => ({
  name,
  snapshot: () => {
    const snapshot = full();
    return { ...snapshot, status: { ...snapshot.status, keychain: state } };
  },
  reach: (page) => page.getByText(words).first().waitFor(),
});

/** What few people see, or only for a moment: trouble, odd names, very many, steps in between. */
export const RARE_SCREENS: readonly WindowScreen[] = [
  {
    name: 'loading',
    snapshot: full,
    reach: async (page) => {
      await page.route('**/v1/snapshot', () => new Promise<void>(() => undefined));
      await page.reload();
      await page.getByText('Loading…').waitFor();
    },
  },
  {
    name: 'no host from the start',
    snapshot: full,
    reach: async (page) => {
      await page.route('**/v1/**', (route) => route.abort());
      await page.reload();
      await page.getByText('Nothing to show until Tokentray answers.').waitFor();
    },
  },
  {
    name: 'the host has gone',
    snapshot: full,
    reach: async (page, core) => {
      await option(page, 'acme').waitFor();
      await core.stop();
      await page.getByText('Tokentray isn’t running.', { exact: true }).waitFor();
    },
  },
  {
    name: 'a link that has ended',
    snapshot: full,
    reach: async (page) => {
      await option(page, 'acme').waitFor();
      await page.route('**/v1/events', (route) => route.fulfill({ status: 401 }));
      await page.reload();
      await page.getByText('This page’s link has expired.').waitFor();
    },
  },
  withKeychain('the keychain is being opened', { state: 'opening' }, 'acme'),
  withKeychain('secrets in memory only', { state: 'session-only' }, 'Secrets are kept in memory only.'),
  withKeychain(
    'no keychain',
    {
      state: 'unavailable',
      error: {
        code: 'keychain-missing',
        message: 'There is no keychain here.',
        hint: 'Start Tokentray with --session-only.',
      },
    },
    'There is no keychain here.',
  ),
  inState('a connection being connected', { state: 'connecting', signIn: signInId(1) }),
  inState('a connection while all are paused', { state: 'paused', since: null }, { nextRefreshAt: null }),
  inState('a paused connection', { state: 'paused', since: ago(60_000) }, { nextRefreshAt: null }),
  inState(
    'a connection with a wrong OAuth client',
    gone(
      'configuration',
      'Atlassian refuses the client secret of “Acme tools”.',
      'Enter the secret again under Providers. You need not sign in again.',
    ),
  ),
  inState(
    'a connection whose key is lost',
    gone('key-lost', 'The key in your keychain is gone.', 'Remove the connection and connect it again.'),
  ),
  inState('a token without an end', { state: 'connected' }, { expiresAt: null, nextRefreshAt: null }),
  inState(
    'just connected',
    { state: 'connected' },
    { obtainedAt: ago(1000), lastRefreshAt: null, createdAt: ago(1000), id: connectionId(99) },
  ),
  signingIn(
    'the browser can’t come back',
    {
      stage: 'waiting',
      authorizeUrl: 'https://auth.atlassian.example/authorize?client_id=Qx7a&state=s',
      redirectUri: 'http://127.0.0.1:7979/callback',
      listening: false,
      opened: true,
      notice: 'Port 7979 is taken by another program, so the browser can’t come back by itself.',
      deadline: new Date(Date.now() + 290_000).toISOString(),
    },
    'Waiting for your browser',
  ),
  signingIn('signing in', { stage: 'exchanging', notice: null }, 'Signing in…'),
  signingIn(
    'signed in with a different account',
    {
      stage: 'confirm-account',
      expected: account('ana@beta.example'),
      actual: account('ana@somewhere-else.example'),
    },
    'Signed in with a different account',
  ),
  {
    name: 'a sign-in under way elsewhere',
    snapshot: () => ({ ...full(), signIns: [aSignIn(1, Date.now())] }),
    reach: (page) => button(page, 'Show sign-in').waitFor(),
  },
  {
    name: 'not connected',
    snapshot: full,
    reach: reconnectDeclined,
  },
  {
    name: 'Rename refused',
    snapshot: full,
    reach: async (page) => {
      await option(page, 'acme').click();
      await page.keyboard.press('F2');
      await page.getByRole('textbox', { name: 'Name' }).fill('');
      await button(page, 'Rename').click();
      await page.getByText('Name is missing.').waitFor();
    },
  },
  {
    name: 'a notice of trouble',
    snapshot: full,
    reach: async (page, core) => {
      core.answers['connections.refresh'] = () => ({
        error: { code: 'offline', message: 'Atlassian can’t be reached.', hint: 'Check the network.' },
      });
      await option(page, 'acme').click();
      await menu(page, 'Refresh');
      await page.getByRole('status', { name: 'Notice' }).getByText('Check the network.').waitFor();
    },
  },
  {
    name: 'a file over the window',
    snapshot: full,
    reach: async (page) => {
      await option(page, 'acme').waitFor();
      await page.evaluate(() => {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File([''], 'dropped.env'));
        document.body.dispatchEvent(
          new DragEvent('dragover', { dataTransfer, bubbles: true, cancelable: true }),
        );
      });
      await page
        .getByText('Drop an env file to keep it up to date, or a provider file or preset to add it')
        .waitFor();
    },
  },
  { name: 'odd names', snapshot: oddNames, reach: (page) => page.getByRole('option').first().click() },
  {
    name: 'odd names, Remove',
    snapshot: oddNames,
    reach: async (page) => {
      await page.getByRole('option').first().click();
      await page.keyboard.press('Delete');
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'odd names, Env files',
    snapshot: oddNames,
    reach: (page) => section(page, 'Env files').click(),
  },
  {
    name: `${MANY} connections`,
    snapshot: () => largeSnapshot(Date.now(), MANY),
    reach: (page) => page.getByRole('option').first().waitFor(),
  },
  {
    name: 'Providers, several',
    snapshot: severalProviders,
    reach: (page) => section(page, 'Providers').click(),
  },
  { name: 'Connect, several providers', snapshot: severalProviders, reach: connectOpen },
  {
    name: 'Settings, the end',
    snapshot: full,
    reach: async (page) => {
      await section(page, 'Settings').click();
      await page.getByText('Data folder').scrollIntoViewIfNeeded();
    },
  },
  updating({ state: 'idle' }),
  updating({ state: 'checking' }),
  updating({ state: 'none', checkedAt: ago(60_000) }),
  updating({ state: 'available', version: '0.2.0', asksForPassword: true }),
  updating({ state: 'downloading', version: '0.2.0', percent: 42 }),
  updating({ state: 'failed', error: failure }),
  updating({ state: 'unsupported', why: 'Your package manager updates Tokentray.' }),
];
