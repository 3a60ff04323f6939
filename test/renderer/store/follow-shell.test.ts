import { expect, it } from 'vitest';
import type { ShowTarget } from '../../../contract/show.ts';
import { createAppStore, type AppStore } from '../../../renderer/store/app-store.ts';
import { followShell } from '../../../renderer/store/follow-shell.ts';
import { consentId } from '../../fakes/consent-data.ts';
import { FakeApiClient, given, refused } from '../../fakes/fake-api-client.ts';
import { aConnection, connectionId, emptySnapshot, fullSnapshot } from '../../fakes/window-data.ts';

function aShell(): {
  api: FakeApiClient;
  store: AppStore;
  ask: (target: ShowTarget) => void;
  stop: () => void;
} {
  const api = new FakeApiClient();
  const store = createAppStore({
    api,
    clipboard: {
      write: () => Promise.resolve(true),
      writeSecret: () => Promise.resolve({ written: true, clears: false }),
    },
    pathOf: () => null,
    saveText: () => undefined,
    openTab: () => {
      throw new Error('the desktop opens no tabs');
    },
    now: () => 0,
    after: () => () => undefined,
  });
  let listener: ((target: ShowTarget) => void) | null = null;
  const stop = followShell(store, (onShow) => {
    listener = onShow;
    return () => {
      listener = null;
    };
  });
  return { api, store, ask: (target) => listener?.(target), stop };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function load({ api, store }: ReturnType<typeof aShell>): Promise<void> {
  const empty = emptySnapshot();
  const snapshot = { ...empty, status: { ...empty.status, host: 'electron' as const } };
  api.answers.snapshot = () =>
    given({
      ...snapshot,
      connections: [aConnection(1, 0), aConnection(2, 0)],
      exports: fullSnapshot(0).exports,
    });
  store.getState().start();
  api.setLink('live');
  await settled();
}

it.each<[ShowTarget, object]>([
  [{ view: 'settings' }, { section: 'settings', dialog: null }],
  [{ view: 'exports' }, { section: 'exports', dialog: null }],
  [{ view: 'gateway' }, { section: 'gateway', dialog: null }],
  [
    { view: 'consent', consent: consentId(1) },
    { section: 'gateway', dialog: { kind: 'consent', consent: consentId(1) } },
  ],
  [{ view: 'connections' }, { section: 'connections', dialog: null }],
  [
    { view: 'connection', connection: connectionId(2) },
    { section: 'connections', dialog: null, selectedId: connectionId(2), detailOpen: true },
  ],
  [
    { view: 'connect', reconnect: null },
    { section: 'connections', dialog: { kind: 'connect', reconnect: null } },
  ],
])('shows %o, over whatever was open', async (target, shown) => {
  const shell = aShell();
  await load(shell);
  shell.store.getState().openDialog({ kind: 'rename', connection: connectionId(1) });
  shell.ask(target);
  expect(shell.store.getState()).toMatchObject(shown);
});

it('shows the keys, but not over a dialog in which something may have been typed', async () => {
  const shell = aShell();
  await load(shell);
  shell.ask({ view: 'keys' });
  expect(shell.store.getState().dialog).toEqual({ kind: 'keys' });
  shell.store.getState().openDialog({ kind: 'rename', connection: connectionId(1) });
  shell.ask({ view: 'keys' });
  expect(shell.store.getState().dialog?.kind).toBe('rename');
});

it('waits for the core, then shows the latest request, once', async () => {
  const shell = aShell();
  shell.ask({ view: 'settings' });
  shell.ask({ view: 'exports' });
  expect(shell.store.getState().section).toBe('connections');
  await load(shell);
  expect(shell.store.getState().section).toBe('exports');
  shell.store.getState().show('activity');
  expect(shell.store.getState().section).toBe('activity');
});

it('reconnects with the core opening the browser', async () => {
  const shell = aShell();
  shell.ask({ view: 'connect', reconnect: connectionId(1) });
  shell.api.answers['sign-in.start'] = () =>
    refused({ code: 'offline', message: 'No network.', hint: 'Try again.' });
  await load(shell);
  await settled();
  expect(shell.api.calls.at(-1)).toEqual({
    name: 'sign-in.start',
    input: { reconnect: connectionId(1), open: true },
  });
});

it('receives nothing after it was stopped', async () => {
  const shell = aShell();
  await load(shell);
  shell.stop();
  shell.ask({ view: 'settings' });
  expect(shell.store.getState().section).toBe('connections');
});
