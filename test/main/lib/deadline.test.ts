import { expect, test } from 'vitest';
import { deadline } from '../../../main/lib/deadline.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';

const setUp = (limitMs: number) => {
  const clock = new FakeClock();
  const world = { clock, calls: 0 };
  const limit = deadline(clock, limitMs, () => (world.calls += 1));
  return { world, limit, clock };
};

test('calls once, when the time has passed', () => {
  const { world, clock } = setUp(12_000);
  clock.advance(11_999);
  expect(world.calls).toBe(0);
  clock.advance(1);
  clock.advance(60_000);
  expect(world.calls).toBe(1);
  expect(clock.pendingTimers).toBe(0);
});

test('calls soon after a sleep that was longer', () => {
  const { world, clock } = setUp(60_000);
  clock.setNow(clock.now() + 3_600_000);
  clock.advance(5000);
  expect(world.calls).toBe(1);
});

test('does not wait longer when the wall clock is set back', () => {
  const { world, clock } = setUp(60_000);
  clock.setNow(0);
  clock.advance(60_000);
  expect(world.calls).toBe(1);
});

test('does not call once it was disposed', () => {
  const { world, limit, clock } = setUp(12_000);
  clock.advance(6000);
  void limit.dispose();
  clock.advance(60_000);
  expect(world.calls).toBe(0);
  expect(clock.pendingTimers).toBe(0);
});
