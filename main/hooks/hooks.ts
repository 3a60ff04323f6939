import { randomInt } from 'node:crypto';
import type { CallInput } from '../../contract/calls.ts';
import type { HookRun, HookView } from '../../contract/hook.ts';
import { HookId } from '../../contract/ids.ts';
import { HOOK_SECONDS } from '../../contract/vocabulary.ts';
import type { Connections } from '../connections/ports.ts';
import type { ReadCredentials } from '../credentials/ports.ts';
import type { Exports } from '../exports/ports.ts';
import { isoTime, type Clock } from '../lib/clock.ts';
import { DisposableStack } from '../lib/disposable.ts';
import type { Logger } from '../lib/log.ts';
import { pause } from '../lib/pause.ts';
import { fail, failure, ok, type Result } from '../lib/result.ts';
import type { Refresher } from '../refresh/ports.ts';
import type { Store, Vault } from '../store/ports.ts';
import type { HookRecord } from '../store/records.ts';
import { findHook } from './find-hook.ts';
import { followEvents } from './follow-events.ts';
import { HookRunner } from './hook-runner.ts';
import type { HookEvent, Hooks, StartProgram } from './ports.ts';
import { watchedHooks } from './watched-hooks.ts';
import { WaitingEvents } from './waiting-events.ts';

export interface HooksOptions {
  store: Pick<Store, 'hooks' | 'connections' | 'activity'> & { readonly vault: Pick<Vault, 'onStatus'> };
  connections: Pick<Connections, 'resolve' | 'onChange' | 'onRemoved' | 'onActiveChanged'>;
  readCredentials: ReadCredentials;
  refresher: Pick<Refresher, 'onChange'>;
  exports: Pick<Exports, 'list' | 'onChange' | 'onRemoved'>;
  start: StartProgram;
  clock: Clock;
  logger: Logger;
  newId?: () => HookId;
}

/** All hooks together; each runs once at a time. */
const MOST_AT_ONCE = 4;
const END_LIMIT_MS = 500;

const ID_LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';
const randomId = (): HookId =>
  HookId.parse(Array.from({ length: 8 }, () => ID_LETTERS[randomInt(ID_LETTERS.length)]).join(''));

export function createHooks(options: HooksOptions): Hooks {
  const { store, connections, exports, clock, logger, newId = randomId } = options;
  const { hooks, onChange } = watchedHooks(store.hooks);
  const runner = new HookRunner({ ...options, hooks, activity: store.activity });
  const waiting = new Map<HookId, WaitingEvents>();
  const busy = new Set<HookId>();
  const parts = new DisposableStack();
  let ending = false;

  function enqueue(event: HookEvent): void {
    for (const hook of hooks.list()) {
      if (hook.event !== event.event || hook.paused !== null) continue;
      if (hook.connection !== null && hook.connection !== event.connection?.id) continue;
      const events = waiting.get(hook.id) ?? new WaitingEvents();
      waiting.set(hook.id, events);
      if (!events.add(event)) logger.warn('hook.event-dropped', { id: hook.id, event: event.event });
    }
    // After whoever is telling of the event has gone on.
    if (waiting.size > 0) setImmediate(startWaiting);
  }

  function startWaiting(): void {
    for (const [id, events] of waiting) {
      if (ending || busy.size >= MOST_AT_ONCE) return;
      if (busy.has(id)) continue;
      const hook = hooks.get(id);
      const event = hook?.paused === null ? events.take() : null;
      if (hook === null || event === null) waiting.delete(id);
      else void carryOut(hook, event);
    }
  }

  async function carryOut(hook: HookRecord, event: HookEvent): Promise<void> {
    busy.add(hook.id);
    let isLocked = false;
    try {
      const done = await runner.run(hook, event);
      if (!done.ok && done.error.code === 'locked') {
        isLocked = true;
        waiting.get(hook.id)?.putBack(event);
      } else if (!done.ok && !ending) runner.failed(hook, event, `It was not run: ${done.error.message}`);
    } catch (fault) {
      logger.error('hook.fault', { id: hook.id, fault: fault instanceof Error ? fault.name : 'unknown' });
    } finally {
      busy.delete(hook.id);
    }
    // What waits for the person is taken up when they unlock.
    if (!isLocked) setImmediate(startWaiting);
  }

  parts.add(followEvents({ ...options, records: store.connections, emit: enqueue }));
  parts.add(
    store.vault.onStatus(({ state }) => {
      if (state === 'ready') setImmediate(startWaiting);
    }),
  );

  function view(hook: HookRecord): HookView {
    const { id, event, program, withToken, timeoutSeconds, paused, last } = hook;
    const name = hook.connection === null ? null : (store.connections.get(hook.connection)?.name ?? null);
    return {
      ...{ id, event, program, withToken, timeoutSeconds, paused },
      args: [...hook.args],
      connection: hook.connection === null ? null : { id: hook.connection, name },
      last: last && runView(last),
    };
  }

  const find = (reference: string): Result<HookRecord> => findHook(hooks.list(), reference);

  function save(hook: HookRecord): Result<HookView> {
    const saved = hooks.save(hook);
    return saved.ok ? ok(view(hook)) : saved;
  }

  function log(event: string, message: string): void {
    store.activity.append({
      at: isoTime(clock.now()),
      level: 'info',
      event,
      message,
      connection: null,
      export: null,
    });
  }

  function add(input: CallInput<'hooks.add'>): Result<HookView> {
    const { event, program, args, connection, withToken = false, timeoutSeconds } = input;
    if (withToken && event === 'connection-gone')
      return fail('invalid-input', 'A connection that is gone has no token.', 'Leave out --with-token.');
    const found = connection === undefined ? null : connections.resolve(connection);
    if (found?.ok === false) return found;
    const added = save({
      id: newId(),
      ...{ event, program, args, withToken },
      connection: found?.value.id ?? null,
      timeoutSeconds: timeoutSeconds ?? HOOK_SECONDS.default,
      paused: null,
      createdAt: clock.now(),
      last: null,
    });
    if (added.ok) log('hook.added', `A hook was added: ${event} runs ${program}.`);
    return added;
  }

  /** As if it had just happened, with what there is. */
  function testEvent({ event, connection }: HookRecord): HookEvent {
    const files = exports.list();
    const file =
      event === 'export-written' ? (files.find((each) => each.connection !== null) ?? files[0]) : undefined;
    const id = connection ?? file?.connection?.id ?? store.connections.list()[0]?.id;
    const record = id === undefined ? null : store.connections.get(id);
    return {
      event,
      at: clock.now(),
      connection: record && { id: record.id, name: record.name, provider: record.provider },
      export: file === undefined ? null : { id: file.id, file: file.file },
      ...(event === 'connection-gone' && { reason: 'needs-reconnect' }),
      test: true,
    };
  }

  return {
    onChange,
    list: () => hooks.list().map(view),
    add,
    remove(reference) {
      const hook = find(reference);
      if (!hook.ok) return hook;
      const { id, event, program } = hook.value;
      const removed = hooks.remove(id);
      if (!removed.ok) return removed;
      waiting.delete(id);
      runner.kill(id, 'SIGTERM');
      log('hook.removed', `A hook was removed: ${event} no longer runs ${program}.`);
      return ok({ id });
    },
    setPaused(reference, paused) {
      const hook = find(reference);
      if (!hook.ok) return hook;
      if (paused) waiting.delete(hook.value.id);
      return save({ ...hook.value, paused: paused ? (hook.value.paused ?? 'person') : null });
    },
    async test(reference): Promise<Result<HookRun>> {
      const hook = find(reference);
      if (!hook.ok) return hook;
      const { id, paused } = hook.value;
      if (paused !== null)
        return fail('conflict', 'This hook is paused.', `Resume it first: tokentray hooks resume ${id}`);
      if (busy.has(id)) return fail('conflict', 'This hook is running at the moment.', 'Try again.');
      busy.add(id);
      try {
        const done = await runner.run(hook.value, testEvent(hook.value));
        return done.ok ? ok(runView(done.value)) : failure(done.error);
      } finally {
        busy.delete(id);
        setImmediate(startWaiting);
      }
    },
    dispose: async () => {
      ending = true;
      runner.end();
      await parts.dispose();
      if (!runner.killAll('SIGTERM')) return;
      const ended = new AbortController();
      void runner.allEnded().then(() => {
        ended.abort();
      });
      await pause(clock, END_LIMIT_MS, ended.signal);
      runner.killAll('SIGKILL');
    },
  };
}

const runView = ({ at, ...run }: NonNullable<HookRecord['last']>): HookRun => ({ ...run, at: isoTime(at) });
