import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ConnectionId } from '../../../contract/ids.ts';
import {
  dueAt,
  hasExpired,
  isUnsureAfterWake,
  needsNewer,
  nextRefresh,
  stableFraction,
} from '../../../main/refresh/due.ts';
import type { Condition } from '../../../main/store/records.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const id = '0b5a2f4e-3d5b-4c55-9d55-1f0f6c1f6f10' as ConnectionId;
const share = stableFraction(id);
const NOW = Date.UTC(2026, 10, 22);

describe('dueAt', () => {
  it.each([
    ['an hour', HOUR, 5 * MINUTE, MINUTE],
    ['25 minutes', 25 * MINUTE, 5 * MINUTE, MINUTE],
    ['ten minutes', 10 * MINUTE, 2 * MINUTE, MINUTE],
    ['five minutes', 5 * MINUTE, MINUTE, 30 * SECOND],
    ['thirty seconds', 30 * SECOND, 6 * SECOND, 3 * SECOND],
    ['a year', 365 * 24 * HOUR, 5 * MINUTE, MINUTE],
  ])('of a token that lives %s', (_, life, margin, jitter) => {
    const due = dueAt({ id, obtainedAt: NOW, expiresAt: NOW + life }, NOW);
    expect(due).toBe(Math.round(NOW + life - margin - jitter * share));
  });

  it.each([
    ['of a token without an end: as if it lived an hour', { obtainedAt: NOW, expiresAt: null }, 'later'],
    [
      'of a token that ended long ago: in the past',
      { obtainedAt: NOW - 3 * HOUR, expiresAt: NOW - 2 * HOUR },
      'past',
    ],
    [
      'of a token that ended before it was obtained: not in a circle',
      { obtainedAt: NOW, expiresAt: NOW - HOUR },
      NOW + 5 * SECOND,
    ],
    [
      'of a token of one second: not in a circle',
      { obtainedAt: NOW, expiresAt: NOW + SECOND },
      NOW + 5 * SECOND,
    ],
    [
      'of a token from the future, as after the clock was set back: at once',
      { obtainedAt: NOW + HOUR, expiresAt: NOW + 2 * HOUR },
      NOW,
    ],
    [
      'of a token a little ahead of the clock: as usual',
      { obtainedAt: NOW + 1, expiresAt: NOW + HOUR + 1 },
      'later',
    ],
  ])('%s', (_, times, expected) => {
    const due = dueAt({ id, ...times }, NOW);
    if (expected === 'past') expect(due).toBeLessThan(NOW);
    else if (expected === 'later') expect(due).toBeGreaterThan(NOW + 50 * MINUTE);
    else expect(due).toBe(expected);
  });

  it('leaves at least 70 % of the life to use, and always a margin', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.integer({ min: 20 * SECOND, max: 400 * 24 * HOUR }), (uuid, life) => {
        const due = dueAt({ id: uuid as ConnectionId, obtainedAt: NOW, expiresAt: NOW + life }, NOW);
        expect(due - NOW).toBeGreaterThanOrEqual(Math.floor(life * 0.7));
        expect(NOW + life - due).toBeGreaterThanOrEqual(Math.floor(Math.min(5 * MINUTE, life / 5)));
      }),
    );
  });

  it('spreads connections over the jitter, each always at the same place', () => {
    const shares = Array.from({ length: 1000 }, (_, index) =>
      stableFraction(`0b5a2f4e-3d5b-4c55-9d55-${String(index).padStart(12, '0')}`),
    );
    expect(shares.every((value) => value >= 0 && value < 1)).toBe(true);
    for (let tenth = 0; tenth < 10; tenth += 1)
      expect(shares.filter((value) => Math.floor(value * 10) === tenth).length).toBeGreaterThan(50);
    expect(stableFraction(id)).toBe(share);
  });
});

describe('nextRefresh', () => {
  const times = {
    id,
    obtainedAt: NOW,
    expiresAt: NOW + HOUR,
    renewal: 'refresh-token',
    pausedAt: null,
  } as const;
  const due = dueAt(times, NOW);
  const retry = (retryAt: number): Condition => ({
    kind: 'transient',
    since: NOW,
    reason: '',
    failures: 1,
    retryAt,
    answered: false,
  });
  it.each<[string, Parameters<typeof nextRefresh>[0], number | null]>([
    ['when due', { ...times, condition: { kind: 'ok' } }, due],
    ['never where nothing renews it', { ...times, renewal: 'none', condition: { kind: 'ok' } }, null],
    [
      'when due without a refresh token too',
      { ...times, renewal: 'client-credentials', condition: { kind: 'ok' } },
      due,
    ],
    ['never while paused', { ...times, pausedAt: NOW, condition: { kind: 'ok' } }, null],
    ['never when the grant is gone', { ...times, condition: { kind: 'gone', since: NOW, reason: '' } }, null],
    [
      'not by itself when misconfigured',
      { ...times, condition: { kind: 'misconfigured', since: NOW, reason: '' } },
      null,
    ],
    ['at the retry', { ...times, condition: retry(NOW + 1234) }, NOW + 1234],
    ['at the retry, an hour ahead at most', { ...times, condition: retry(NOW + 5 * HOUR) }, NOW + HOUR],
  ])('%s', (_, record, expected) => {
    expect(nextRefresh(record, NOW)).toBe(expected);
  });
});

describe('needsNewer', () => {
  it.each([
    [60, 0, false],
    [1, 0, false],
    [0, 0, true],
    [-5, 0, true],
    [11, 10, false],
    [10, 10, true],
    [60, 120, false],
    [49, 120, false],
    [48, 120, true],
  ])('%s min left and %s min wanted, of an hour: %s', (left, wanted, expected) => {
    const expiresAt = NOW + left * MINUTE;
    const token = { obtainedAt: expiresAt - HOUR, expiresAt, renewal: 'refresh-token' } as const;
    expect(needsNewer(token, wanted * MINUTE, NOW)).toBe(expected);
  });
});

describe('a token whose provider gave no lifetime', () => {
  it.each([
    ['new', { age: 0, renews: true }, { newer: false, expired: false, onWake: false }],
    ['a minute old', { age: 1, renews: true }, { newer: false, expired: false, onWake: true }],
    [
      'near the hour that is assumed',
      { age: 51, renews: true },
      { newer: true, expired: false, onWake: true },
    ],
    ['of an hour', { age: 60, renews: true }, { newer: true, expired: true, onWake: true }],
    [
      'of days, as after a long sleep',
      { age: 5000, renews: true },
      { newer: true, expired: true, onWake: true },
    ],
    [
      'from the future: the clock was set back',
      { age: -60, renews: true },
      { newer: true, expired: false, onWake: true },
    ],
    [
      'that nothing can renew, of days',
      { age: 5000, renews: false },
      { newer: false, expired: false, onWake: true },
    ],
  ])('%s', (_, { age, renews }, expected) => {
    const renewal = renews ? 'refresh-token' : 'none';
    const token = { obtainedAt: NOW - age * MINUTE, expiresAt: null, renewal } as const;
    expect({
      newer: needsNewer(token, 10 * MINUTE, NOW),
      expired: hasExpired(token, NOW),
      onWake: isUnsureAfterWake(token, NOW),
    }).toEqual(expected);
  });
});
