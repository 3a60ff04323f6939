import { afterEach, beforeEach, expect, it } from 'vitest';
import type { SystemAuthentication } from '../../../main/core/host.ts';
import { silentLogger } from '../../../main/lib/log.ts';
import { fail, ok } from '../../../main/lib/result.ts';
import { createAppLock } from '../../../main/lock/app-lock.ts';
import type { AppLock } from '../../../main/lock/ports.ts';
import type { Store } from '../../../main/store/ports.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { FakePresence } from '../../fakes/fake-presence.ts';
import { StoreInFolder, value } from '../../fakes/store-in-folder.ts';

const MINUTE = 60_000;
let folder: StoreInFolder;
let store: Store;
let clock: FakeClock;
let presence: FakePresence;
let lock: AppLock;
let forgotten: number;
let idle: PromiseWithResolvers<void>;
let authentication: SystemAuthentication | null;

beforeEach(async () => {
  folder = new StoreInFolder();
  store = await folder.ready();
  clock = new FakeClock();
  presence = new FakePresence();
  forgotten = 0;
  idle = Promise.withResolvers();
  idle.resolve();
  authentication = null;
});
afterEach(async () => {
  await lock.dispose();
  expect(clock.pendingTimers).toBe(0);
  folder.dispose();
});

function start(): AppLock {
  lock = createAppLock({
    store,
    refresher: { idle: () => idle.promise },
    presence,
    authentication,
    forgetSecrets: () => (forgotten += 1),
    clearMemory: () => undefined,
    clock,
    logger: silentLogger,
  });
  lock.start();
  return lock;
}
const hasKey = (): boolean => store.vault.whileLocked.encrypt('a', 'c').ok;
const state = (): object => store.vault.status;
const events = (): string[] =>
  store.activity.list({ limit: 10 }).flatMap(({ event }) => (event.startsWith('app.') ? [event] : []));

it('takes the key out of memory once requests that were sent could store what they got', async () => {
  idle = Promise.withResolvers();
  start();
  value(lock.lock('person'));
  expect(state()).toMatchObject({ state: 'locked', by: 'person', refreshing: false });
  expect(forgotten).toBe(1);
  await clock.advanceAsync(0);
  expect(hasKey()).toBe(true);
  idle.resolve();
  await clock.advanceAsync(0);
  expect(hasKey()).toBe(false);
  value(await lock.unlock());
  expect(state()).toEqual({ state: 'ready' });
  expect(events()).toEqual(['app.unlocked', 'app.locked']);
});

it('keeps the key for refreshing only while the person wants it', async () => {
  value(store.settings.set({ refreshWhileLocked: true }));
  start();
  value(lock.lock('person'));
  await clock.advanceAsync(0);
  expect(state()).toMatchObject({ refreshing: true });
  expect(hasKey()).toBe(true);
  value(store.settings.set({ refreshWhileLocked: false }));
  await clock.advanceAsync(0);
  expect(state()).toMatchObject({ state: 'locked', refreshing: false });
  expect(hasKey()).toBe(false);
});

it('is still locked after a restart, until it was unlocked', async () => {
  start();
  value(lock.lock('person'));
  store = folder.open();
  expect(await store.vault.open()).toMatchObject({ error: { code: 'locked' } });
  await lock.dispose();
  value(await start().unlock());
  store = folder.open();
  expect(await store.vault.open()).toEqual(ok(undefined));
});

it('asks the system who it is, and stays locked without the right answer', async () => {
  let answer = fail('denied', 'No.') as ReturnType<typeof fail> | ReturnType<typeof ok<undefined>>;
  let asked = 0;
  authentication = {
    confirm: () => {
      asked += 1;
      return Promise.resolve(answer);
    },
  };
  start();
  value(lock.lock('person'));
  expect(await lock.unlock()).toMatchObject({ error: { code: 'denied' } });
  expect(state()).toMatchObject({ state: 'locked' });
  answer = ok(undefined);
  // Two who ask at the same time are one question.
  expect(await Promise.all([lock.unlock(), lock.unlock()])).toEqual([ok(undefined), ok(undefined)]);
  expect(asked).toBe(2);
});

it('locks and unlocks with the screen, if the person wants it, and watches it only then', async () => {
  start();
  expect(presence.watched).toBe(false);
  value(store.settings.set({ lockWithScreen: true }));
  presence.screen(true);
  expect(state()).toMatchObject({ by: 'screen' });
  presence.screen(false);
  await expect.poll(state).toEqual({ state: 'ready' });
  // What the person locked stays locked.
  value(lock.lock('person'));
  presence.screen(true);
  presence.screen(false);
  await clock.advanceAsync(0);
  expect(state()).toMatchObject({ state: 'locked', by: 'person' });
});

it('locks after nobody used the machine, by what the system says or by its own use', async () => {
  value(store.settings.set({ lockAfterIdleMinutes: 5 }));
  start();
  presence.idle = 299;
  await clock.advanceAsync(20 * MINUTE);
  expect(state()).toEqual({ state: 'ready' });
  presence.idle = 300;
  await clock.advanceAsync(MINUTE);
  expect(state()).toMatchObject({ state: 'locked', by: 'idle' });
  presence.idle = null;
  value(await lock.unlock());
  await clock.advanceAsync(4 * MINUTE);
  lock.used();
  await clock.advanceAsync(4 * MINUTE);
  expect(state()).toEqual({ state: 'ready' });
  await clock.advanceAsync(2 * MINUTE);
  expect(state()).toMatchObject({ state: 'locked', by: 'idle' });
});
