import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { retryAt, shortestDelayMs, type FailedRefresh } from '../../../main/refresh/backoff.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const NOW = Date.UTC(2026, 10, 22);

const failed = (change: Partial<FailedRefresh>): FailedRefresh => ({
  now: NOW,
  failures: 1,
  obtainedAt: NOW - HOUR,
  expiresAt: NOW - 1,
  retryAfterMs: null,
  lost: null,
  random: 0.5,
  ...change,
});
const delay = (change: Partial<FailedRefresh>): number => (retryAt(failed(change)) - NOW) / SECOND;

describe('retryAt', () => {
  it.each([
    [1, 30],
    [2, 60],
    [3, 120],
    [4, 240],
    [5, 480],
    [6, 960],
    [7, 1800],
    [8, 1800],
    [100, 1800],
    [100_000, 1800],
  ])('after %s failures waits %s s', (failures, seconds) => {
    expect(delay({ failures })).toBe(seconds);
  });

  it.each([
    ['spreads downwards', { random: 0 }, 24],
    ['spreads upwards', { random: 0.999_999 }, 36],
    ['never waits longer than half an hour', { failures: 20, random: 0.999 }, 1800],
    ['honours Retry-After', { retryAfterMs: 100 * SECOND }, 100],
    ['is not hastened by Retry-After', { retryAfterMs: SECOND }, 30],
    ['honours an hour of Retry-After at most', { retryAfterMs: 24 * HOUR }, 3600],
    [
      'honours Retry-After while the token still lives',
      { retryAfterMs: 600_000, expiresAt: NOW + MINUTE },
      600,
    ],
    ['takes a token without an end as usual', { expiresAt: null, failures: 3 }, 120],
    ['waits at most half of what is left', { expiresAt: NOW + 100 * SECOND, failures: 5 }, 50],
    ['not less than the shortest wait, though', { expiresAt: NOW + 10 * SECOND, failures: 5 }, 30],
    ['starts low for a token of 30 s', { obtainedAt: NOW - 24_000, expiresAt: NOW + 6000 }, 1.5],
    ['and stays below its end', { obtainedAt: NOW - 26_000, expiresAt: NOW + 4000, failures: 3 }, 2],
    ['replays a lost answer at once', { lost: { kind: 'just-now' } }, 1.5],
    ['but not against Retry-After', { lost: { kind: 'just-now' }, retryAfterMs: 9000 }, 9],
    [
      'after the replay waits as told',
      { failures: 2, lost: { kind: 'replayed', notBefore: NOW + 9 * MINUTE } },
      540,
    ],
    ['not shorter than usual, though', { failures: 6, lost: { kind: 'replayed', notBefore: NOW } }, 960],
    [
      'tries again before the window ends',
      { failures: 6, lost: { kind: 'not-replayed', replayBy: NOW + 5 * MINUTE } },
      280,
    ],
    [
      'goes on as usual after the window',
      { failures: 6, lost: { kind: 'not-replayed', replayBy: NOW - 1 } },
      960,
    ],
  ] satisfies [string, Partial<FailedRefresh>, number][])('%s', (_, change, seconds) => {
    expect(delay(change)).toBeCloseTo(seconds, 0);
  });

  it('is always ahead, never by more than an hour', () => {
    fc.assert(
      fc.property(
        fc.record({
          failures: fc.integer({ min: 1, max: 10_000 }),
          life: fc.integer({ min: 0, max: 100 * HOUR }),
          left: fc.integer({ min: -10 * HOUR, max: HOUR }),
          retryAfterMs: fc.option(fc.integer({ min: 0, max: 1000 * HOUR })),
          window: fc.option(fc.integer({ min: -HOUR, max: HOUR })),
          random: fc.double({ min: 0, max: 0.999_999, noNaN: true }),
        }),
        ({ failures, life, left, retryAfterMs, window, random }) => {
          const expiresAt = NOW + left;
          const lost = window === null ? null : ({ kind: 'not-replayed', replayBy: NOW + window } as const);
          const wait =
            retryAt(
              failed({ failures, obtainedAt: expiresAt - life, expiresAt, retryAfterMs, lost, random }),
            ) - NOW;
          expect(wait).toBeGreaterThan(0);
          expect(wait).toBeLessThanOrEqual(HOUR);
        },
      ),
    );
  });
});

describe('shortestDelayMs', () => {
  it.each([
    [HOUR, 30 * SECOND],
    [10 * MINUTE, 30 * SECOND],
    [5 * MINUTE, 15 * SECOND],
    [30 * SECOND, 1500],
    [1, SECOND],
  ])('of a life of %s ms is %s ms', (life, expected) => {
    expect(shortestDelayMs({ obtainedAt: NOW, expiresAt: NOW + life })).toBe(expected);
  });
});
