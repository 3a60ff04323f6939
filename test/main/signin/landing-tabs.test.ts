import { expect, test } from 'vitest';
import type { ConnectionId } from '../../../contract/ids.ts';
import type { SignInStage } from '../../../contract/sign-in.ts';
import { disposable } from '../../../main/lib/disposable.ts';
import { LandingTabs } from '../../../main/signin/landing-tabs.ts';
import type { Conversation } from '../../../main/signin/method.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';

const EXCHANGING: SignInStage = { stage: 'exchanging', notice: null };
const DONE: SignInStage = { stage: 'done', connection: 'c' as ConnectionId };
const ANA = { id: 'ana', name: 'Ana', email: null, pictureUrl: null };

/** A sign-in whose stage the test sets; what waits for it goes on when the stage changes or the time is over. */
function setUp(first: SignInStage) {
  const clock = new FakeClock();
  const world = { stage: first, changed: (): void => undefined, closed: 0, waits: [] as [string, number][] };
  const conversation: Pick<Conversation, 'left' | 'stage'> = {
    get stage() {
      return world.stage;
    },
    left: (stage, timeoutMs) => {
      world.waits.push([stage, timeoutMs]);
      return new Promise((resolve) => {
        const timer = clock.setTimeout(resolve, timeoutMs);
        world.changed = () => {
          void timer.dispose();
          resolve();
        };
      });
    },
  };
  const tabs = new LandingTabs({
    clock,
    connected: () => ({ name: 'acme', account: ANA, site: null }),
  });
  const listener = disposable(() => {
    world.closed += 1;
  });
  const page = (again = false) => tabs.page('tab', conversation as Conversation, again);
  const enter = (stage: SignInStage): void => {
    world.stage = stage;
    world.changed();
  };
  return { clock, world, tabs, listener, page, enter };
}

test('a tab gets the result when it is there within a moment, and the port is free', async () => {
  const { world, tabs, listener, page, enter, clock } = setUp(EXCHANGING);
  const first = page();
  tabs.release('tab', listener);
  enter(DONE);
  expect((await first).title).toBe('acme is connected');
  expect([world.closed, clock.pendingTimers]).toEqual([1, 0]);
});

test('a tab whose sign-in hangs is answered, asks again, and is answered after the end too', async () => {
  const { clock, world, tabs, listener, page, enter } = setUp(EXCHANGING);
  const first = page();
  await clock.advanceAsync(1500);
  expect(await first).toMatchObject({
    title: 'Finishing in Tokentray…',
    next: '/tokentray/sign-in/tab?again',
  });
  const second = page(true);
  await clock.advanceAsync(7999);
  enter({ stage: 'choose-site', account: ANA, sites: [] });
  expect((await second).title).toBe('Choose a site in Tokentray');
  world.stage = DONE;
  tabs.release('tab', listener);
  expect(world.closed).toBe(0);
  expect((await page(true)).title).toBe('acme is connected');
  expect([world.closed, clock.pendingTimers]).toEqual([1, 0]);
});

test('a question is shown at once the first time; then the tab waits for its answer', async () => {
  const { clock, world, page, enter } = setUp({ stage: 'choose-site', account: ANA, sites: [] });
  expect((await page()).title).toBe('Choose a site in Tokentray');
  expect(world.waits).toEqual([]);
  const next = page(true);
  enter(DONE);
  expect((await next).title).toBe('acme is connected');
  expect(clock.pendingTimers).toBe(0);
});

test('a tab that was closed keeps the port for little more than a minute', async () => {
  const { clock, world, tabs, listener, page } = setUp({ stage: 'choose-site', account: ANA, sites: [] });
  await page();
  world.stage = DONE;
  tabs.release('tab', listener);
  await clock.advanceAsync(69_999);
  expect(world.closed).toBe(0);
  await clock.advanceAsync(1);
  expect(world.closed).toBe(1);
});
