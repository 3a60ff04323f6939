import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../fakes/fake-clock.ts';

describe('FakeClock', () => {
  it('fires timers in the order they are due, at their time', () => {
    const clock = new FakeClock(1000);
    const seen: [string, number][] = [];
    clock.setTimeout(() => seen.push(['late', clock.now()]), 20);
    clock.setTimeout(() => {
      seen.push(['early', clock.now()]);
      clock.setTimeout(() => seen.push(['nested', clock.now()]), 5);
    }, 10);
    clock.setTimeout(() => seen.push(['early too', clock.now()]), 10);
    clock.advance(30);
    expect(seen).toEqual([
      ['early', 1010],
      ['early too', 1010],
      ['nested', 1015],
      ['late', 1020],
    ]);
    expect(clock.now()).toBe(1030);
  });

  it('lets the wall clock jump without moving timers or the monotonic time', () => {
    const clock = new FakeClock(1000);
    let fired = 0;
    clock.setTimeout(() => (fired += 1), 50);
    clock.setNow(1_000_000);
    expect([clock.now(), clock.monotonicMs(), fired]).toEqual([1_000_000, 0, 0]);
    clock.advance(50);
    expect([clock.now(), clock.monotonicMs(), fired]).toEqual([1_000_050, 50, 1]);
  });

  it('forgets a disposed timer', () => {
    const clock = new FakeClock();
    void clock.setTimeout(() => expect.unreachable(), 1).dispose();
    expect(clock.pendingTimers).toBe(0);
    clock.advance(10);
  });

  it('settles promises between timers', async () => {
    const clock = new FakeClock();
    const seen: string[] = [];
    clock.setTimeout(() => void Promise.resolve().then(() => clock.setTimeout(() => seen.push('b'), 1)), 1);
    await clock.advanceAsync(2);
    expect(seen).toEqual(['b']);
  });
});
