import { expect, it } from 'vitest';
import { inTime } from '../../../main/api/finding-in-time.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';

const said = { what: 'The network', hint: 'Check the proxy.' };

it('says what a check finds, and leaves no timer behind', async () => {
  const clock = new FakeClock();
  const found = [{ check: 'network', ok: true, message: 'It works.' }];
  expect(await inTime(clock, 'network', said, Promise.resolve(found))).toEqual(found);
  expect(clock.pendingTimers).toBe(0);
});

it('says after 12 s that a check hangs, and what to do about that one', async () => {
  const clock = new FakeClock();
  const never = new Promise<never>(() => undefined);
  const finding = inTime(clock, 'network', said, never);
  clock.advance(12_000);
  expect(await finding).toEqual([
    {
      check: 'network',
      ok: false,
      message: 'The network could not be checked within 12 s.',
      hint: 'Check the proxy.',
    },
  ]);
});
