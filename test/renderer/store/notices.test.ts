import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { aPage, load, NOW, type FakePage } from '../../fakes/fake-page.ts';
import { given, refused } from '../../fakes/fake-api-client.ts';
import { aConnection, connectionId, fullSnapshot } from '../../fakes/window-data.ts';

let clock: FakeClock;
let page: FakePage;
const state = () => page.store.getState();
const shown = (): string[] => state().notices.map(({ text }) => text);

beforeEach(async () => {
  clock = new FakeClock(NOW);
  page = aPage({
    now: () => clock.now(),
    after: (ms, action) => {
      const timer = clock.setTimeout(action, ms);
      return () => void timer.dispose();
    },
  });
  await load(page, fullSnapshot(NOW));
});

describe('notices', () => {
  it('take the place of the one of their kind, and stand beside those of other kinds', () => {
    state().notify('One.');
    state().notifyFailure({ code: 'io', message: 'Disk full.' });
    state().notify('Two.');
    state().notifyDone('Removed acme.', () => Promise.resolve());
    expect(shown()).toEqual(['Disk full.', 'Two.', 'Removed acme.']);
  });

  it('go by themselves, but failures stay', () => {
    state().notify('One.');
    state().notifyFailure({ code: 'io', message: 'Disk full.' });
    clock.advance(7_999);
    expect(shown()).toHaveLength(2);
    clock.advance(1);
    expect(shown()).toEqual(['Disk full.']);
    clock.advance(3_600_000);
    expect(shown()).toEqual(['Disk full.']);
  });

  it('stay while they are held, and a moment longer', () => {
    state().notify('One.');
    state().holdNotices(true);
    clock.advance(60_000);
    state().notify('Two.');
    clock.advance(60_000);
    expect(shown()).toEqual(['Two.']);
    state().holdNotices(false);
    clock.advance(1_999);
    expect(shown()).toEqual(['Two.']);
    clock.advance(1);
    expect(shown()).toEqual([]);
  });

  it('are held no longer once the last one was dismissed: nothing says that the pointer has left it', () => {
    state().notify('One.');
    state().holdNotices(true);
    state().dismissNotice(state().notices[0]?.id ?? 0);
    state().notify('Two.');
    clock.advance(8_000);
    expect(shown()).toEqual([]);
  });

  it('say after copying whether the browser let it', async () => {
    expect(await state().copyText('one', 'Copied.')).toBe(true);
    page = aPage({
      clipboard: {
        write: () => Promise.resolve(false),
        writeSecret: () => Promise.resolve({ written: false, clears: false }),
      },
    });
    expect(await state().copyText('two', 'Copied.')).toBe(false);
    expect(shown()).toEqual(['Your browser did not let this page copy.']);
  });
});

describe('undo', () => {
  const removed = (n: number) =>
    given({ id: connectionId(n), revocation: 'not-asked' as const, exports: [], manageUrl: null });

  it('puts back what was removed, and selects it', async () => {
    page.api.answers['connections.remove'] = () => removed(1);
    page.api.answers['connections.undo'] = () =>
      given({ kind: 'remove', connections: [aConnection(1, NOW, { name: 'acme' })] });
    await state().remove(connectionId(1), false);
    expect(shown()).toEqual(['Removed acme.']);
    await state().undo();
    expect(page.api.calls.at(-1)).toMatchObject({ input: { connections: [connectionId(1)] } });
    expect(state().connections.get(connectionId(1))?.name).toBe('acme');
    expect(state().selectedId).toBe(connectionId(1));
    expect(shown()).toEqual(['acme is back.']);
    expect(state().undos).toEqual([]);
  });

  it('is one for several that were removed together, and says if not all came back', async () => {
    page.api.answers['connections.remove'] = ({ connection }) =>
      given({ id: connection, revocation: 'not-asked', exports: [], manageUrl: null });
    page.api.answers['connections.undo'] = () =>
      given({ kind: 'remove', connections: [aConnection(1, NOW, { name: 'acme' })] });
    await state().removeSeveral([connectionId(1), connectionId(2)]);
    expect(shown()).toEqual(['Removed 2 connections.']);
    await state().undo();
    expect(shown()).toEqual(['1 of 2 connections are back.']);
  });

  it('shows why it did not work', async () => {
    page.api.answers['connections.remove'] = () => removed(1);
    page.api.answers['connections.undo'] = () => refused({ code: 'not-found', message: 'Too late.' });
    await state().remove(connectionId(1), false);
    await state().undo();
    expect(shown()).toEqual(['Too late.']);
  });

  it('makes the one active again that was before, and offers no undo of the undo', async () => {
    page.api.answers['connections.use'] = ({ connection }) =>
      given(aConnection(connection === connectionId(1) ? 1 : 2, NOW, { name: 'x', active: true }));
    await state().makeActive(connectionId(2));
    expect(state().notices.at(-1)).toMatchObject({ kind: 'undo' });
    await state().undo();
    expect(page.api.calls.at(-1)).toMatchObject({
      name: 'connections.use',
      input: { connection: connectionId(1) },
    });
    expect(state().undos).toEqual([]);
  });

  it('is offered for 30 seconds, the last one first', async () => {
    const done: string[] = [];
    const act = (name: string) => {
      state().notifyDone(`${name}.`, () => {
        done.push(name);
        return Promise.resolve();
      });
    };
    act('first');
    clock.advance(10_000);
    act('second');
    clock.advance(10_000);
    act('third');
    await state().undo();
    clock.advance(10_000);
    await state().undo();
    await state().undo();
    expect(done).toEqual(['third', 'second']);
    clock.advance(30_000);
    expect(state().undos).toEqual([]);
    expect(shown()).toEqual([]);
  });

  it('is not offered where the sign-in was revoked', async () => {
    page.api.answers['connections.remove'] = () =>
      given({ id: connectionId(1), revocation: 'accepted', exports: [], manageUrl: null });
    await state().remove(connectionId(1), true);
    expect(state().undos).toEqual([]);
  });
});
