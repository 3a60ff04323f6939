import { describe, expect, it } from 'vitest';
import { attemptFor, replayableUntil } from '../../../main/refresh/journal.ts';

const line = attemptFor(null, 'token', 3, 1000).attempt;

describe('attemptFor', () => {
  it('holds a hash, never the token', () => {
    expect(line).toEqual({
      startedAt: 1000,
      generation: 3,
      refreshTokenHash: '3c469e9d6c5875d37a43f353d4f88e61fcf812c66eee3457465a40b0da4153e0',
    });
  });

  it.each([
    ['the same token: the first line stays', 'token', 3, { startedAt: 1000, replays: true }],
    ['another token', 'other', 3, { startedAt: 9000, replays: false }],
    ['another generation', 'token', 4, { startedAt: 9000, replays: false }],
  ])('after a line for %s', (_, token, generation, { startedAt, replays }) => {
    expect(attemptFor(line, token, generation, 9000)).toMatchObject({
      attempt: { startedAt, generation },
      replays,
    });
  });

  it('counts the reuse window from the first request', () => {
    expect(replayableUntil(line, 600)).toBe(601_000);
  });
});
