import { hash } from 'node:crypto';
import type { RefreshAttempt } from '../store/records.ts';
import { LONGEST_DELAY_MS } from './backoff.ts';

/**
 * The journal entry for a request with `refreshToken`; null: one that uses nothing up, and may be sent again at any time. `replayOf` is the existing entry if it is for the same token:
 * then an answer was lost (a crash, a broken connection), and the provider's reuse window runs from the first request
 * that may have been processed. A time ahead of the clock is from before the clock was set back: it counts as now.
 */
export function attemptFor(
  pending: RefreshAttempt | null,
  refreshToken: string | null,
  generation: number,
  now: number,
): { attempt: RefreshAttempt; replayOf: RefreshAttempt | null } {
  const refreshTokenHash = hash('sha256', refreshToken ?? '');
  if (
    refreshToken === null ||
    pending?.refreshTokenHash !== refreshTokenHash ||
    pending.generation !== generation
  )
    return {
      attempt: { startedAt: now, refreshTokenHash, generation, replayedAt: null },
      replayOf: null,
    };
  const replayOf = {
    ...pending,
    startedAt: Math.min(pending.startedAt, now),
    replayedAt: pending.replayedAt === null ? null : Math.min(pending.replayedAt, now),
  };
  return { attempt: { ...replayOf, replayedAt: now }, replayOf };
}

/** Until when a refresh token that may have been replaced is still accepted, epoch ms. */
export const replayableUntil = (attempt: RefreshAttempt, reuseWindowSeconds: number): number =>
  attempt.startedAt + reuseWindowSeconds * 1000;

/**
 * When a refresh token whose answer was lost may be sent again, epoch ms: at once, but once only while it may be in
 * the reuse window. Then it waits for the window's end, or half an hour of a longer one; where that try brings no
 * answer either, each further one is half an hour after the last.
 */
export function replayNotBefore(attempt: RefreshAttempt, reuseWindowSeconds: number, now: number): number {
  const { replayedAt } = attempt;
  if (replayedAt === null || replayedAt > now) return now;
  const windowEnd = replayableUntil(attempt, reuseWindowSeconds);
  const later = replayedAt + LONGEST_DELAY_MS;
  return replayedAt < windowEnd ? Math.min(windowEnd, later) : later;
}
