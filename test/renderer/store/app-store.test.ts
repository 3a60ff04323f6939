import { someHooks } from '../../fakes/some-hooks.ts';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ConnectionStatus } from '../../../contract/connection.ts';
import type { SignInView } from '../../../contract/sign-in.ts';
import { given, refused } from '../../fakes/fake-api-client.ts';
import {
  NOW,
  aPage,
  dump as dumpOf,
  load as loadInto,
  settled,
  type FakePage,
} from '../../fakes/fake-page.ts';
import {
  aClient,
  aProvider,
  aConnection,
  anExport,
  aSignIn,
  connectionId,
  emptySnapshot,
  exportId,
  fullSnapshot,
  signInId,
  type Snapshot,
} from '../../fakes/window-data.ts';

const SECRET = 'a-value-that-must-not-stay';

let page: FakePage;
const load = (snapshot: Snapshot): Promise<void> => loadInto(page, snapshot);
const dump = (): string => dumpOf(page);

beforeEach(() => {
  page = aPage();
});

it('what a test found is shown until the connection is in another state', async () => {
  await load(fullSnapshot(NOW));
  const found = [{ check: 'account', ok: true, message: 'You are signed in.' }] as const;
  page.store.setState({ testResults: new Map([[connectionId(1), found]]) });
  const now = (status: ConnectionStatus) => {
    page.api.push({ type: 'connection', connection: aConnection(1, NOW, { status }) });
    return page.store.getState().testResults.get(connectionId(1));
  };
  expect(now({ state: 'connected' })).toBe(found);
  expect(now({ state: 'missing-scope', since: '', scopes: ['read:me'] })).toBeUndefined();
});

describe('the link to the core', () => {
  it('shows everything once the core answers, with the first connection selected', async () => {
    await load(fullSnapshot(NOW));
    const state = page.store.getState();
    expect(state).toMatchObject({ loaded: true, link: 'live', selectedId: connectionId(1) });
    expect(state.connections.size).toBe(7);
    expect(state.exports.size).toBe(3);
  });

  it('does not lose a change that arrives while the snapshot is on its way', async () => {
    let answer: (snapshot: Snapshot) => void = () => undefined;
    page.api.answers.snapshot = () =>
      new Promise((resolve) => {
        answer = (snapshot) => {
          resolve(given(snapshot));
        };
      });
    page.store.getState().start();
    page.api.setLink('live');
    page.api.push({ type: 'connection', connection: aConnection(1, NOW, { name: 'newer' }) });
    answer({ ...emptySnapshot(), connections: [aConnection(1, NOW, { name: 'older' })] });
    await settled();
    expect(page.store.getState().connections.get(connectionId(1))?.name).toBe('newer');
  });

  it('keeps showing what it knew while the core is away, and reloads when it is back', async () => {
    await load(fullSnapshot(NOW));
    page.api.setLink('down');
    expect(page.store.getState()).toMatchObject({ link: 'down', loaded: true });
    expect(page.store.getState().announcement).toContain('isn’t running');
    page.api.answers.snapshot = () => given({ ...emptySnapshot(), connections: [aConnection(9, NOW)] });
    page.api.setLink('live');
    await settled();
    const state = page.store.getState();
    expect([...state.connections.keys()]).toEqual([connectionId(9)]);
    expect(state.selectedId).toBe(connectionId(9));
  });

  it('reloads when the keychain has opened, which starts refreshing', async () => {
    const snapshot = emptySnapshot();
    const opening = { ...snapshot.status, keychain: { state: 'opening' } as const };
    const waiting = [aConnection(1, NOW, { nextRefreshAt: null })];
    await load({ ...snapshot, status: opening, connections: waiting });
    page.api.answers.snapshot = () => given({ ...snapshot, connections: [aConnection(1, NOW)] });
    page.api.push({ type: 'status', status: snapshot.status });
    await settled();
    expect(page.store.getState().connections.get(connectionId(1))?.nextRefreshAt).not.toBeNull();
  });

  it('stops listening', () => {
    page.store.getState().start()();
    expect(page.api.stopped).toBe(true);
  });
});

describe('changes', () => {
  beforeEach(() => load(fullSnapshot(NOW)));

  it('leaves the list alone when only a state changes', () => {
    const { rows, connections } = page.store.getState();
    page.api.push({
      type: 'connection',
      connection: aConnection(2, NOW, { name: 'acme-sandbox', status: { state: 'connected' } }),
    });
    expect(page.store.getState().rows).toBe(rows);
    expect(page.store.getState().connections.get(connectionId(1))).toBe(connections.get(connectionId(1)));
  });

  it('announces a connection that needs attention', () => {
    const status: ConnectionStatus = { state: 'missing-scope', since: '', scopes: ['read:me'] };
    page.api.push({ type: 'connection', connection: aConnection(5, NOW, { name: 'gamma', status }) });
    expect(page.store.getState().announcement).toBe('gamma: Missing permission');
  });

  it('selects the next connection when the selected one is removed', () => {
    page.api.push({ type: 'connection-removed', id: connectionId(1) });
    expect(page.store.getState().selectedId).toBe(connectionId(2));
  });

  it('follows hooks once they are shown, and has presets listed again', () => {
    const [hook] = someHooks();
    page.api.push({ type: 'hooks', hooks: [] });
    expect(page.store.getState().hooks).toBeNull();
    page.store.setState({ hooks: [] });
    page.api.push({ type: 'hooks', hooks: hook === undefined ? [] : [hook] });
    expect(page.store.getState().hooks).toEqual([hook]);
    const { presetsRead } = page.store.getState();
    page.api.push({ type: 'presets' });
    expect(page.store.getState().presetsRead).toBe(presetsRead + 1);
  });

  it('drops exports that are gone', () => {
    page.api.push({ type: 'export-removed', id: exportId(3) });
    page.api.push({ type: 'export', export: anExport(4, NOW) });
    expect([...page.store.getState().exports.keys()]).toEqual([exportId(1), exportId(2), exportId(4)]);
  });
});

describe('copying', () => {
  beforeEach(() => load(fullSnapshot(NOW)));

  it('writes the value to the clipboard on the click and keeps it nowhere', async () => {
    page.api.answers['credentials.copy'] = () => given({ copied: false, value: SECRET, clearsInSeconds: 30 });
    await page.store.getState().copy(connectionId(1), 'access_token');
    expect(page.clipboard).toEqual([SECRET]);
    expect(dump()).not.toContain(SECRET);
    expect(page.store.getState().notices.at(-1)?.text).toBe('Copied the token of acme – clears in 30 s');
  });

  it('leaves the clipboard to a core that has one', async () => {
    page.api.answers['credentials.copy'] = () => given({ copied: true, clearsInSeconds: 60 });
    await page.store.getState().copy(connectionId(1), 'access_token');
    expect(page.clipboard).toEqual([]);
    expect(page.store.getState().notices.at(-1)?.text).toBe('Copied the token of acme – clears in 1 min');
  });

  it('says what went wrong, until it is dismissed', async () => {
    page.api.answers['credentials.copy'] = () =>
      refused({ code: 'needs-reconnect', message: 'Sign in again.', hint: 'Reconnect beta.' });
    await page.store.getState().copy(connectionId(3), 'access_token');
    expect(page.store.getState().notices.at(-1)).toMatchObject({
      kind: 'error',
      text: 'Sign in again.',
      hint: 'Reconnect beta.',
    });
    expect(page.timers).toEqual([]);
    page.store.getState().dismissNotice(page.store.getState().notices[0]!.id);
    expect(page.store.getState().notices).toEqual([]);
  });

  it('removes a notice of success automatically', async () => {
    page.api.answers['credentials.copy'] = () => given({ copied: true, clearsInSeconds: 30 });
    await page.store.getState().copy(connectionId(1), 'access_token');
    page.timers[0]?.action();
    expect(page.store.getState().notices).toEqual([]);
  });
});

describe('showing a token', () => {
  it('returns the value to the caller, and keeps it nowhere', async () => {
    await load(fullSnapshot(NOW));
    page.api.answers['credentials.reveal'] = ({ field }) =>
      given({ connection: { id: connectionId(1), name: 'acme' }, field, value: SECRET, expiresAt: null });
    const reply = await page.store.getState().reveal(connectionId(1), 'access_token');
    expect(reply).toMatchObject({ ok: true, value: { value: SECRET } });
    expect(dump()).not.toContain(SECRET);
  });
});

describe('signing in', () => {
  const started = aSignIn(1, NOW);

  it('opens the tab in the click and sends it to the provider', async () => {
    await load(emptySnapshot());
    page.api.answers['sign-in.start'] = () => given(started);
    page.store.getState().openConnect();
    await page.store.getState().startSignIn({ provider: 'atlassian' });
    expect(page.api.calls.at(-1)?.input).toEqual({ provider: 'atlassian', open: false });
    expect(page.tabs).toEqual([`go ${started.stage.stage === 'waiting' ? started.stage.authorizeUrl : ''}`]);
    expect(page.store.getState().dialog).toMatchObject({ kind: 'connect', signIn: started.id });
  });

  it('continues without a tab when the browser blocks it', async () => {
    page = aPage({ openTab: () => null });
    await load(emptySnapshot());
    page.api.answers['sign-in.start'] = () => given(started);
    page.store.getState().openConnect();
    await page.store.getState().startSignIn({ provider: 'atlassian' });
    expect(page.store.getState().dialog).toMatchObject({ signIn: started.id, starting: false });
  });

  it('never sends the tab to an invalid address', async () => {
    await load(emptySnapshot());
    const stage = { ...started.stage, authorizeUrl: 'javascript:alert(1)' } as typeof started.stage;
    page.api.answers['sign-in.start'] = () => given({ ...started, stage });
    page.store.getState().openConnect();
    await page.store.getState().startSignIn({ provider: 'atlassian' });
    expect(page.tabs).toEqual(['close']);
  });

  it('closes the tab and says why when it could not start', async () => {
    await load(emptySnapshot());
    page.api.answers['sign-in.start'] = () => refused({ code: 'misconfigured', message: 'No client.' });
    page.store.getState().openConnect();
    await page.store.getState().startSignIn({ provider: 'atlassian' });
    expect(page.tabs).toEqual(['close']);
    expect(page.store.getState().dialog).toMatchObject({ starting: false, error: { message: 'No client.' } });
  });

  it('leaves the browser to the core in the desktop app', async () => {
    const snapshot = emptySnapshot();
    await load({ ...snapshot, status: { ...snapshot.status, host: 'electron' } });
    page.api.answers['sign-in.start'] = () => given(started);
    page.store.getState().openConnect();
    await page.store.getState().startSignIn({ provider: 'atlassian' });
    expect(page.tabs).toEqual([]);
    expect(page.api.calls.at(-1)?.input).toMatchObject({ open: true });
  });

  it('ends a sign-in whose dialog was closed while it started', async () => {
    await load(emptySnapshot());
    page.api.answers['sign-in.cancel'] = () => given(started);
    page.api.answers['sign-in.start'] = () => {
      page.store.getState().closeDialog();
      return given(started);
    };
    page.store.getState().openConnect();
    await page.store.getState().startSignIn({ provider: 'atlassian' });
    expect(page.api.calls.at(-1)).toEqual({ name: 'sign-in.cancel', input: { signIn: signInId(1) } });
  });

  it.each(['done', 'choose-site'] as const)(
    'is not set back by an answer that comes after the event of a later stage: %s',
    async (stage) => {
      await load(emptySnapshot());
      page.store.getState().openConnect();
      const exchanging = aSignIn(1, NOW, { stage: { stage: 'exchanging', notice: null } });
      const later: SignInView['stage'] =
        stage === 'done'
          ? { stage, connection: connectionId(1) }
          : { stage, account: aConnection(1, NOW).account, sites: [] };
      page.api.answers['sign-in.start'] = () => {
        page.api.push({ type: 'connection', connection: aConnection(1, NOW) });
        page.api.push({ type: 'sign-in', signIn: { ...exchanging, stage: later } });
        return given(exchanging);
      };
      await page.store.getState().startSignIn({ provider: 'atlassian', grant: 'client-credentials' });
      expect(page.store.getState().signIns.get(exchanging.id)?.stage).toEqual(later);
      expect(page.store.getState().dialog).toMatchObject({ signIn: exchanging.id, starting: false });
    },
  );

  it('does not attach to a dialog that was opened while it started, nor report its failure there', async () => {
    await load(emptySnapshot());
    page.api.answers['sign-in.cancel'] = () => given(started);
    const { openConnect, closeDialog, startSignIn } = page.store.getState();
    for (const reply of [given(started), refused({ code: 'misconfigured', message: 'No client.' })]) {
      page.api.answers['sign-in.start'] = () => {
        closeDialog();
        openConnect();
        return reply;
      };
      openConnect();
      await startSignIn({ provider: 'atlassian' });
      expect(page.store.getState().dialog).toMatchObject({ signIn: null, starting: false, error: null });
    }
    expect(page.api.calls.map(({ name }) => name)).toContain('sign-in.cancel');
  });

  it('selects the new connection, and shows the result although the core forgets the sign-in', async () => {
    await load(fullSnapshot(NOW));
    page.api.answers['sign-in.start'] = () => given(started);
    page.store.getState().openConnect();
    await page.store.getState().startSignIn({ provider: 'atlassian' });
    page.api.push({ type: 'connection', connection: aConnection(20, NOW) });
    page.api.push({
      type: 'sign-in',
      signIn: { ...started, stage: { stage: 'done', connection: connectionId(20) } },
    });
    page.api.push({ type: 'sign-in-removed', id: started.id });
    const state = page.store.getState();
    expect(state.selectedId).toBe(connectionId(20));
    expect(state.signIns.get(started.id)?.stage.stage).toBe('done');
  });
});

describe('an OAuth client’s secret', () => {
  it('passes through to the core and stays nowhere', async () => {
    await load(emptySnapshot());
    page.api.answers['clients.add'] = () => given(aClient());
    page.api.answers['providers.list'] = () => given({ providers: [], problems: [], folder: '' });
    await page.store.getState().saveClient({
      kind: 'add',
      request: { provider: 'atlassian', clientId: 'id', clientSecret: SECRET },
    });
    expect(page.api.calls.find(({ name }) => name === 'clients.add')?.input).toMatchObject({
      clientSecret: SECRET,
    });
    expect(dump()).not.toContain(SECRET);
  });
});

describe('setting up', () => {
  const save = {
    kind: 'add',
    request: { provider: 'atlassian', clientId: 'id', clientSecret: SECRET },
  } as const;
  const request = { provider: 'atlassian', method: 'oauth2', grant: 'authorization-code' } as const;

  beforeEach(async () => {
    await load(emptySnapshot());
    page.api.answers['providers.list'] = () =>
      given({ providers: [aProvider({ clients: [aClient()] })], problems: [], folder: '' });
    page.store.getState().openConnect();
  });

  it('saves the client first, then signs in with it', async () => {
    page.api.answers['clients.add'] = () => given(aClient());
    page.api.answers['sign-in.start'] = () => given(aSignIn(1, NOW, { client: aClient().id }));
    expect(await page.store.getState().setUpAndSignIn(save, request)).toBeNull();
    const names = page.api.calls.map(({ name }) => name);
    expect(names.indexOf('clients.add')).toBeLessThan(names.indexOf('sign-in.start'));
    expect(page.api.calls.find(({ name }) => name === 'sign-in.start')?.input).toMatchObject({
      client: aClient().id,
    });
    expect(page.store.getState().dialog).toMatchObject({ kind: 'connect', guide: { client: aClient().id } });
    expect(dump()).not.toContain(SECRET);
  });

  it('that is refused stays where it is, and opens no tab for good', async () => {
    const before = page.store.getState().dialog;
    page.api.answers['clients.add'] = () => refused({ code: 'conflict', message: 'Exists.' });
    expect(await page.store.getState().setUpAndSignIn(save, request)).toMatchObject({ message: 'Exists.' });
    expect(page.store.getState().dialog).toBe(before);
    expect(page.api.calls.some(({ name }) => name === 'sign-in.start')).toBe(false);
  });

  it('ends a sign-in that the provider’s page refused, and goes back to the step', async () => {
    page.api.answers['clients.add'] = () => given(aClient());
    const signIn = aSignIn(1, NOW, { client: aClient().id, scopes: ['read:me'] });
    page.api.answers['sign-in.start'] = () => given(signIn);
    page.api.answers['sign-in.cancel'] = () => given(signIn);
    await page.store.getState().setUpAndSignIn(save, request);
    const fault = { code: 'misconfigured', message: 'No.', field: 'redirect-uri' } as const;
    await page.store.getState().backToGuide(signIn.id, fault);
    expect(page.store.getState().dialog).toMatchObject({
      signIn: null,
      guide: { client: aClient().id, fault, scopes: ['read:me'] },
    });
    expect(page.api.calls.at(-1)).toMatchObject({ name: 'sign-in.cancel', input: { signIn: signIn.id } });
  });
});

describe('removing', () => {
  beforeEach(() => load(fullSnapshot(NOW)));

  it('claims no more about a revocation than is known', async () => {
    page.store.getState().openDialog({ kind: 'remove', connection: connectionId(1) });
    page.api.answers['connections.remove'] = () =>
      given({ id: connectionId(1), revocation: 'failed', exports: [], manageUrl: 'https://id.example/' });
    expect(await page.store.getState().remove(connectionId(1), true)).toBeNull();
    expect(page.store.getState().dialog).toEqual({
      kind: 'removed',
      name: 'acme',
      outcome: 'failed',
      manageUrl: 'https://id.example/',
    });
  });

  it('keeps the dialog with the failure when it did not work', async () => {
    page.store.getState().openDialog({ kind: 'remove', connection: connectionId(1) });
    page.api.answers['connections.remove'] = () => refused({ code: 'io', message: 'Disk full.' });
    expect(await page.store.getState().remove(connectionId(1), false)).toMatchObject({ code: 'io' });
    expect(page.store.getState().dialog?.kind).toBe('remove');
    expect(page.store.getState().connections.has(connectionId(1))).toBe(true);
  });
});

describe('making active', () => {
  it('never shows two stars for one provider', async () => {
    await load(fullSnapshot(NOW));
    page.api.answers['connections.use'] = () =>
      given(aConnection(2, NOW, { name: 'acme-sandbox', active: true }));
    await page.store.getState().makeActive(connectionId(2));
    const active = [...page.store.getState().connections.values()].filter((c) => c.active);
    expect(active.map(({ name }) => name)).toEqual(['acme-sandbox', 'jira-onprem']);
  });
});
