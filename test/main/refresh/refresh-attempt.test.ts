import { describe, expect, it } from 'vitest';
import { attemptFor, replayableUntil, replayNotBefore } from '../../../main/refresh/refresh-attempt.ts';

const line = attemptFor(null, 'token', 3, 1000).attempt;

describe('attemptFor', () => {
  it('holds a hash, never the token', () => {
    expect(line).toEqual({
      startedAt: 1000,
      generation: 3,
      refreshTokenHash: '3c469e9d6c5875d37a43f353d4f88e61fcf812c66eee3457465a40b0da4153e0',
      replayedAt: null,
    });
  });

  it.each([
    ['the same token: the first line stays', 'token', 3, { startedAt: 1000, replayedAt: 9000 }],
    ['another token', 'other', 3, { startedAt: 9000, replayedAt: null }],
    ['another generation', 'token', 4, { startedAt: 9000, replayedAt: null }],
  ])('after a line for %s', (_, token, generation, { startedAt, replayedAt }) => {
    expect(attemptFor(line, token, generation, 9000)).toMatchObject({
      attempt: { startedAt, generation, replayedAt },
      replayOf: replayedAt === null ? null : line,
    });
  });

  it('counts times that are ahead of a clock that was set back as now', () => {
    const ahead = { ...line, startedAt: 8000, replayedAt: 9000 };
    expect(attemptFor(ahead, 'token', 3, 5000).replayOf).toMatchObject({ startedAt: 5000, replayedAt: 5000 });
  });

  it('counts the reuse window from the first request', () => {
    expect(replayableUntil(line, 600)).toBe(601_000);
  });
});

describe('replayNotBefore', () => {
  const MINUTE = 60_000;
  const minutes = (startedAt: number, replayedAt: number | null, window: number, now: number): number =>
    replayNotBefore(
      {
        ...line,
        startedAt: startedAt * MINUTE,
        replayedAt: replayedAt === null ? null : replayedAt * MINUTE,
      },
      window * 60,
      now * MINUTE,
    ) / MINUTE;

  it.each([
    ['not sent again yet: at once', 0, null, 10, 1, 1],
    ['not sent again yet, and the window is over: at once, too', 0, null, 10, 60, 60],
    ['sent again within the window: when that ends', 0, 1, 10, 2, 10],
    ['within a long window: after half an hour', 0, 1, 600, 2, 31],
    ['sent again after the window: half an hour later', 0, 10, 10, 11, 40],
    ['where there is no window, the one replay was the last try', 0, 0, 0, 1, 30],
    ['sent again by a clock that has been set back since: at once', 0, 90, 10, 30, 30],
  ])('%s', (_, startedAt, replayedAt, window, now, expected) => {
    expect(minutes(startedAt, replayedAt, window, now)).toBe(expected);
  });

  it('never waits longer than the window or half an hour after a clock was set back', () => {
    const { attempt } = attemptFor({ ...line, startedAt: 1e9 }, 'token', 3, 5000);
    expect(replayNotBefore(attempt, 600, 5000)).toBe(605_000);
  });
});
