import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { ConnectionId, ProviderId } from '../../../contract/ids.ts';
import type { KeychainStatus } from '../../../contract/status.ts';
import type { HookEventName } from '../../../contract/vocabulary.ts';
import type { Exports } from '../../../main/exports/ports.ts';
import { createHooks } from '../../../main/hooks/hooks.ts';
import type { Hooks, ProgramOutcome, ProgramRequest } from '../../../main/hooks/ports.ts';
import { Emitter } from '../../../main/lib/emitter.ts';
import { silentLogger } from '../../../main/lib/log.ts';
import { fail, ok } from '../../../main/lib/result.ts';
import type { RefreshOutcome } from '../../../main/refresh/ports.ts';
import type { ExportView } from '../../../contract/export.ts';
import type { Store } from '../../../main/store/ports.ts';
import { memoryStore } from '../../fakes/memory-store.ts';
import { sampleConnection, sampleTokens } from '../../fakes/sample-connection.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';

const SUCCESS: ProgramOutcome = { end: { kind: 'exited', code: 0, signal: null }, stderr: '', cut: false };
const FAILURE: ProgramOutcome = {
  end: { kind: 'exited', code: 3, signal: null },
  stderr: 'cannot reach tok-1',
  cut: false,
};

let store: Store;
let hooks: Hooks;
let started: (ProgramRequest & { end: (outcome: ProgramOutcome) => void; killed: string[] })[];
let locked: boolean;
/** What a token waits for. */
let refreshing: Promise<void>;
const changed = new Emitter<ConnectionId>();
const removed = new Emitter<ConnectionId>();
const switched = new Emitter<ProviderId>();
const refreshed = new Emitter<{ id: ConnectionId; outcome: RefreshOutcome | null }>();
const vaultStatus = new Emitter<KeychainStatus>();
const written = new Emitter<ExportView>();
let work: ConnectionId;

beforeEach(() => {
  store = memoryStore();
  started = [];
  locked = false;
  refreshing = Promise.resolve();
  work = insert('Work');
  hooks = createHooks({
    store: { ...store, vault: { onStatus: vaultStatus.event } },
    connections: {
      resolve: (name) => {
        const found = store.connections.list().find((each) => each.name === name);
        return found ? ok(found) : fail('not-found', 'There is no such connection.');
      },
      onChange: changed.event,
      onRemoved: removed.event,
      onActiveChanged: switched.event,
    },
    readCredentials: async (id) => {
      await refreshing;
      if (locked) return fail('locked', 'Locked.');
      const connection = store.connections.get(id);
      return connection === null
        ? fail('not-found', 'Gone.')
        : ok({
            connection,
            accessToken: 'tok-1',
            header: { name: 'x', value: 'y' },
            expiresAt: null,
            apis: [],
          });
    },
    refresher: { onChange: refreshed.event },
    exports: {
      list: () => [],
      onChange: written.event,
      onRemoved: new Emitter<never>().event,
    } satisfies Pick<Exports, 'list' | 'onChange' | 'onRemoved'>,
    start: (request) => {
      const ended = Promise.withResolvers<ProgramOutcome>();
      const killed: string[] = [];
      started.push({ ...request, end: ended.resolve, killed });
      return {
        ended: ended.promise,
        kill: (signal) => {
          killed.push(signal);
          ended.resolve({ ...FAILURE, end: { kind: 'exited', code: null, signal } });
        },
      };
    },
    clock: new FakeClock(),
    logger: silentLogger,
  });
});
afterEach(async () => {
  await hooks.dispose();
  store.close();
});

function insert(name: string): ConnectionId {
  const inserted = store.connections.insert(sampleConnection({ name }), sampleTokens());
  if (!inserted.ok) throw new Error(inserted.error.message);
  return inserted.value.id;
}
const add = (event: HookEventName, more: object = {}) => {
  const added = hooks.add({ event, program: 'notify', args: ['now'], ...more });
  if (!added.ok) throw new Error(added.error.message);
  return added.value;
};
const refresh = (
  id: ConnectionId,
  outcome: RefreshOutcome = { kind: 'refreshed', expiresAt: null },
): void => {
  refreshed.emit({ id, outcome });
};
const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn += 1) await new Promise(setImmediate);
};
const read = (index: number): Record<string, unknown> =>
  JSON.parse(started[index]!.input) as Record<string, unknown>;
const activity = (): string[] =>
  store.activity
    .list({ limit: 50 })
    .flatMap(({ event, message }) => (event === 'hook.failed' ? [message] : []));

it('tells of each change of a hook, also that it ran', async () => {
  let told = 0;
  hooks.onChange(() => {
    told += 1;
  });
  const { id } = add('token-refreshed');
  expect(told).toBe(1);
  const run = hooks.test(id);
  await vi.waitFor(() => {
    expect(started).toHaveLength(1);
  });
  started[0]?.end({ end: { kind: 'exited', code: 0, signal: null }, stderr: '', cut: false });
  await run;
  expect(told).toBe(2);
  hooks.setPaused(id, true);
  hooks.remove(id);
  expect(told).toBe(4);
  expect(hooks.remove(id).ok).toBe(false);
  expect(told).toBe(4);
});

it('tells each kind of event to the hooks that follow it', async () => {
  for (const event of [
    'token-new',
    'token-refreshed',
    'connection-gone',
    'connection-switched',
    'export-written',
  ] as const)
    add(event);
  const finish = async (): Promise<void> => {
    await turns();
    for (const each of started) each.end(SUCCESS);
    await turns();
  };
  const other = insert('Other');
  changed.emit(other);
  await finish();
  // Whatever else changes of it is no new token.
  changed.emit(other);
  refresh(work);
  await finish();
  refresh(work, { kind: 'gone', reason: 'revoked' });
  await finish();
  store.connections.remove(other);
  removed.emit(other);
  await finish();
  switched.emit('atlassian' as ProviderId);
  await finish();
  const at = '2026-11-22T09:30:00.000Z';
  const view = {
    id: 'abcdefgh',
    file: '/p/.env',
    connection: null,
    status: { state: 'written', at },
  } as ExportView;
  written.emit(view);
  written.emit(view);
  await finish();
  const shown = started.map((_, index) => read(index));
  expect(
    shown.map(({ event, connection, reason }) => [
      event,
      (connection as { name?: string } | null)?.name,
      reason,
    ]),
  ).toEqual([
    ['token-new', 'Other', undefined],
    ['token-refreshed', 'Work', undefined],
    ['connection-gone', 'Work', 'needs-reconnect'],
    ['connection-gone', 'Other', 'removed'],
    ['connection-switched', 'Work', undefined],
    ['export-written', undefined, undefined],
  ]);
  expect(shown[5]).toMatchObject({ export: { file: view.file } });
  expect(started[0]).toMatchObject({ program: 'notify', args: ['now'], limitMs: 30_000 });
  expect(started.map(({ input }) => input).join('')).not.toContain('tok-1');
});

it('gives the token only to those that were added so, on standard input', async () => {
  add('token-refreshed', { withToken: true });
  refresh(work);
  await turns();
  expect(read(0)).toMatchObject({ access_token: 'tok-1' });
  expect(JSON.stringify(started[0]!.args)).not.toContain('tok-1');
  started[0]!.end(FAILURE);
  await turns();
  expect(hooks.list()[0]?.last?.message).toBe('It failed with exit code 3: cannot reach [removed]');
});

it('follows one connection alone if it should', async () => {
  const other = insert('Other');
  changed.emit(other);
  add('token-refreshed', { connection: 'Other' });
  refresh(work);
  refresh(other);
  await turns();
  expect(started.map((_, index) => read(index)['connection'])).toEqual([
    expect.objectContaining({ name: 'Other' }),
  ]);
});

it('runs a hook once at a time, with the newest of what happened meanwhile', async () => {
  add('token-refreshed');
  refresh(work);
  await turns();
  refresh(work);
  refresh(work);
  await turns();
  expect(started).toHaveLength(1);
  started[0]!.end(SUCCESS);
  await turns();
  expect(started).toHaveLength(2);
  started[1]!.end(SUCCESS);
  await turns();
  expect(started).toHaveLength(2);
});

it('runs four hooks at once', async () => {
  for (let count = 0; count < 6; count += 1) add('token-refreshed');
  refresh(work);
  await turns();
  expect(started).toHaveLength(4);
  started[0]!.end(SUCCESS);
  await turns();
  expect(started).toHaveLength(5);
});

it('says a failure once, until it works again', async () => {
  add('token-refreshed');
  for (const outcome of [FAILURE, FAILURE, SUCCESS, FAILURE]) {
    refresh(work);
    await turns();
    started.at(-1)!.end(outcome);
    await turns();
  }
  expect(activity()).toHaveLength(2);
  expect(activity()[0]).toBe(
    'The hook “notify” (token-refreshed) failed. It failed with exit code 3: cannot reach tok-1',
  );
});

it('lets one that wants a token wait until the app is unlocked', async () => {
  add('token-refreshed', { withToken: true });
  locked = true;
  refresh(work);
  await turns();
  expect(started).toHaveLength(0);
  locked = false;
  vaultStatus.emit({ state: 'ready' });
  await turns();
  expect(started).toHaveLength(1);
  expect(activity()).toEqual([]);
});

it('tries a hook with an event that is marked, but not one that is paused', async () => {
  const { id } = add('export-written');
  const tested = hooks.test('notify');
  await turns();
  expect(read(0)).toMatchObject({ event: 'export-written', test: true, connection: { name: 'Work' } });
  expect(await hooks.test(id)).toMatchObject({ error: { code: 'conflict' } });
  started[0]!.end(SUCCESS);
  expect(await tested).toMatchObject({ ok: true, value: { ok: true, message: 'It ended as it should.' } });
  expect(hooks.setPaused(id, true)).toMatchObject({ value: { paused: 'person' } });
  expect(await hooks.test(id)).toMatchObject({ error: { code: 'conflict' } });
  expect(hooks.setPaused(id, false)).toMatchObject({ value: { paused: null } });
});

it('ends a program when its hook is removed, and when the app ends', async () => {
  const { id } = add('token-refreshed');
  add('token-refreshed');
  refresh(work);
  await turns();
  expect(hooks.remove(id)).toEqual(ok({ id }));
  expect(started.map(({ killed }) => killed)).toEqual([['SIGTERM'], []]);
  await hooks.dispose();
  expect(started[1]!.killed[0]).toBe('SIGTERM');
});

it.each(['its hook is removed', 'the app ends'])(
  'begins no program that waited for a token when %s',
  async (why) => {
    const { id } = add('token-refreshed', { withToken: true });
    const answered = Promise.withResolvers<void>();
    refreshing = answered.promise;
    refresh(work);
    await turns();
    if (why === 'the app ends') await hooks.dispose();
    else hooks.remove(id);
    answered.resolve();
    await turns();
    expect(started).toEqual([]);
    expect(activity()).toEqual([]);
  },
);

it('refuses to give a token of what is gone, and names that fit several hooks', () => {
  expect(hooks.add({ event: 'connection-gone', program: 'x', args: [], withToken: true })).toMatchObject({
    error: { code: 'invalid-input' },
  });
  add('token-new');
  add('token-refreshed');
  expect(hooks.remove('notify')).toMatchObject({ error: { code: 'ambiguous' } });
  expect(hooks.remove('nothing')).toMatchObject({ error: { code: 'not-found' } });
});
