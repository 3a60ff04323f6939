import { beforeEach, describe, expect, it } from 'vitest';
import type { ActivityEntry } from '../../../contract/activity.ts';
import { given, refused } from '../../fakes/fake-api-client.ts';
import { NOW, aPage, load, settled, type FakePage } from '../../fakes/fake-page.ts';
import {
  aConnection,
  anExport,
  connectionId,
  exportId,
  fullSnapshot,
  type Snapshot,
} from '../../fakes/window-data.ts';

let page: FakePage;
const state = () => page.store.getState();
const inputs = (name: string): unknown[] =>
  page.api.calls.filter((call) => call.name === name).map(({ input }) => input);

beforeEach(() => {
  page = aPage();
});

describe('several at once', () => {
  beforeEach(() => load(page, fullSnapshot(NOW)));

  it('are no longer selected once they may be out of sight', () => {
    state().pickAll();
    expect(state().picked.size).toBe(7);
    state().setQuery('beta');
    expect(state().picked.size).toBe(0);
    expect(state().selectedId).toBe(connectionId(1));
  });

  it('lose the one that is removed elsewhere', () => {
    state().pick(connectionId(1), 'one');
    state().pick(connectionId(2), 'toggle');
    state().pick(connectionId(3), 'toggle');
    page.api.push({ type: 'connection-removed', id: connectionId(2) });
    expect([...state().picked]).toEqual([connectionId(1), connectionId(3)]);
  });

  it('are refreshed together, and the failures are counted', async () => {
    page.api.answers['connections.refresh'] = ({ connection }) =>
      connection === connectionId(2)
        ? refused({ code: 'offline', message: 'No network.' })
        : given(aConnection(1, NOW, { name: 'acme' }));
    await state().refreshSeveral([connectionId(1), connectionId(2)]);
    expect(state().notices.at(-1)).toMatchObject({
      kind: 'error',
      text: '1 of 2 connections were not refreshed.',
    });
  });

  it('are removed until one fails; the rest stay in the dialog', async () => {
    state().openDialog({ kind: 'remove-several', connections: [connectionId(1), connectionId(2)] });
    page.api.answers['connections.remove'] = ({ connection }) =>
      connection === connectionId(2)
        ? refused({ code: 'io', message: 'Disk full.' })
        : given({ id: connectionId(1), revocation: 'not-asked', exports: [], manageUrl: null });
    expect(await state().removeSeveral([connectionId(1), connectionId(2)])).toMatchObject({ code: 'io' });
    expect(state().connections.has(connectionId(1))).toBe(false);
    expect(state().connections.has(connectionId(2))).toBe(true);
    expect(state().dialog?.kind).toBe('remove-several');
    page.api.answers['connections.undo'] = () => refused({ code: 'not-found', message: 'Too late.' });
    await state().undo();
    expect(page.api.calls.at(-1)).toMatchObject({
      name: 'connections.undo',
      input: { connections: [connectionId(1)] },
    });
  });
});

describe('what was removed', () => {
  const rename = { kind: 'rename', connection: connectionId(3) } as const;
  const removedAs = (revocation: 'not-asked' | 'failed') =>
    given({ id: connectionId(1), revocation, exports: [], manageUrl: null });
  beforeEach(() => load(page, fullSnapshot(NOW)));

  it.each([
    ['not-asked', 'undo'],
    ['failed', 'error'],
  ] as const)('is told, and closes no dialog but its own, when revoking was %s', async (revocation, kind) => {
    page.api.answers['connections.remove'] = () => {
      state().openDialog(rename);
      return removedAs(revocation);
    };
    state().openDialog({ kind: 'remove', connection: connectionId(1) });
    expect(await state().remove(connectionId(1), revocation === 'failed')).toBeNull();
    expect(state().dialog).toBe(rename);
    expect(state().notices.at(-1)?.kind).toBe(kind);
    expect(state().connections.has(connectionId(1))).toBe(false);
    state().openDialog({ kind: 'remove-several', connections: [connectionId(2)] });
    await state().removeSeveral([connectionId(2)]);
    expect(state().dialog).toBe(rename);
  });

  it('closes the dialog that asked', async () => {
    page.api.answers['connections.remove'] = () => removedAs('not-asked');
    state().openDialog({ kind: 'remove', connection: connectionId(1) });
    await state().remove(connectionId(1), false);
    expect(state().dialog).toBeNull();
  });

  it('reports the result of revoking although its dialog was closed', async () => {
    page.api.answers['connections.remove'] = () => {
      state().closeDialog();
      return removedAs('failed');
    };
    state().openDialog({ kind: 'remove', connection: connectionId(1) });
    await state().remove(connectionId(1), true);
    expect(state().dialog).toMatchObject({ kind: 'removed', outcome: 'failed' });
  });
});

describe('the first run', () => {
  const fresh = (): Snapshot => {
    const snapshot = fullSnapshot(NOW);
    return { ...snapshot, settings: { ...snapshot.settings, firstRunDone: false } };
  };
  const done = (): unknown[] => inputs('settings.set');

  it('ends with the first dialog that closes once there is a connection', async () => {
    await load(page, fresh());
    page.api.answers['settings.set'] = (patch) => given({ ...state().settings, ...patch } as never);
    state().openConnect();
    state().closeDialog();
    await settled();
    expect(done()).toEqual([{ firstRunDone: true }]);
    state().openConnect();
    state().closeDialog();
    expect(done()).toHaveLength(1);
  });

  it('continues while there is none', async () => {
    await load(page, { ...fresh(), connections: [] });
    state().openConnect();
    state().closeDialog();
    expect(done()).toEqual([]);
  });

  it('says in a desktop shell where the tray icon is, before it ends', async () => {
    const snapshot = fresh();
    await load(page, {
      ...snapshot,
      status: { ...snapshot.status, host: 'electron', desktop: { tray: true, startsAtLogin: false } },
    });
    page.api.answers['settings.set'] = (patch) => given({ ...state().settings, ...patch } as never);
    state().openConnect();
    state().closeDialog();
    expect(state().dialog).toEqual({ kind: 'find-again' });
    state().closeDialog();
    expect(state().dialog).toBeNull();
    expect(done()).toEqual([{ firstRunDone: true }]);
  });
});

describe('changing an env file', () => {
  const wanted = { file: '/elsewhere/.env', preset: 'atlassian', format: 'dotenv' } as const;
  beforeEach(() => load(page, fullSnapshot(NOW)));

  it('is one call to the core, and shows the result in the same place', async () => {
    page.api.answers['exports.change'] = () => given(anExport(2, NOW, { file: wanted.file }));
    const sent = page.api.calls.length;
    expect((await state().changeExport(exportId(2), wanted)).ok).toBe(true);
    expect(page.api.calls.slice(sent)).toEqual([
      { name: 'exports.change', input: { ...wanted, export: exportId(2) } },
    ]);
    expect([...state().exports.values()].map(({ id, file }) => [id, file])[1]).toEqual([
      exportId(2),
      wanted.file,
    ]);
  });

  it('leaves it unchanged if the call is refused', async () => {
    const before = state().exports;
    page.api.answers['exports.change'] = () => refused({ code: 'io', message: 'No.' });
    expect(await state().changeExport(exportId(2), wanted)).toMatchObject({ error: { code: 'io' } });
    expect(state().exports).toBe(before);
  });
});

describe('activity', () => {
  const entries = (count: number, newest: number): ActivityEntry[] =>
    Array.from({ length: count }, (_, index) => ({
      id: newest - index,
      at: '2026-11-22T11:00:00.000Z',
      level: 'info',
      event: 'refresh.refreshed',
      message: 'acme',
      connection: connectionId(1),
      export: null,
    }));
  beforeEach(() => load(page, fullSnapshot(NOW)));

  it('is filtered by the core, and the answer to an outdated query is dropped', async () => {
    const answers: ((reply: ReturnType<typeof given<{ entries: ActivityEntry[] }>>) => void)[] = [];
    page.api.answers['activity.list'] = () => new Promise((resolve) => answers.push(resolve));
    state().setActivityFilter({ text: 'a' });
    state().setActivityFilter({ text: 'ac', level: 'warning', connection: connectionId(2) });
    answers[1]?.(given({ entries: entries(1, 5) }));
    answers[0]?.(given({ entries: entries(3, 9) }));
    await settled();
    expect(inputs('activity.list').at(-1)).toEqual({
      connection: connectionId(2),
      levels: ['warning', 'error'],
      text: 'ac',
      limit: 100,
    });
    expect(state().activity).toHaveLength(1);
  });

  it('is saved completely, page by page, as JSON lines', async () => {
    page.api.answers['activity.list'] = ({ before }) =>
      given({ entries: before === undefined ? entries(1000, 1500) : entries(2, 500) });
    await state().saveActivity();
    expect(page.saved[0]?.name).toBe('tokentray-activity-2026-11-22.jsonl');
    expect(page.saved[0]?.text.trimEnd().split('\n')).toHaveLength(1002);
    expect(inputs('activity.list').at(-1)).toMatchObject({ before: 501 });
  });

  it('offers the older ones again when live ones pushed them out, and not before', async () => {
    page.api.answers['activity.list'] = () => given({ entries: entries(50, 1000) });
    await state().loadActivity();
    await state().loadHistory(connectionId(1));
    const ends = (): boolean[] => [state().activityAtEnd, state().history?.atEnd ?? false];
    for (const entry of entries(950, 1950).reverse()) page.api.push({ type: 'activity', entry });
    expect(ends()).toEqual([true, true]);
    page.api.push({ type: 'activity', entry: entries(1, 1951)[0]! });
    expect(state().activity).toHaveLength(1000);
    expect(state().history?.entries).toHaveLength(1000);
    expect(ends()).toEqual([false, false]);
  });

  it('of one connection is updated live, and is not that of another selected since', async () => {
    page.api.answers['activity.list'] = () => given({ entries: entries(1, 5) });
    await state().loadHistory(connectionId(1));
    const [entry] = entries(1, 6);
    page.api.push({ type: 'activity', entry: entry! });
    page.api.push({ type: 'activity', entry: { ...entry!, id: 7, connection: connectionId(2) } });
    expect(state().history?.entries.map(({ id }) => id)).toEqual([6, 5]);
    const late = state().loadHistory(connectionId(2));
    await late;
    expect(state().history?.connection).toBe(connectionId(1));
  });
});

it('opens Add env file for a dropped file, with its path where the host gives one', async () => {
  await load(page, fullSnapshot(NOW));
  await state().dropFile({ name: 'known.env' } as File);
  expect(state().dialog).toEqual({
    kind: 'add-export',
    connection: connectionId(1),
    dropped: { name: 'known.env', path: '/home/ana/known.env' },
  });
  await state().dropFile({ name: 'other.env' } as File);
  expect(state().dialog).toMatchObject({ dropped: { path: null } });
});
