import { hash } from 'node:crypto';
import type { RefreshAttempt } from '../store/records.ts';

/**
 * The journal's line for a request with `refreshToken`. When the line that is there speaks of the same token, an
 * answer was lost (a crash, a broken connection) and that line stays: the provider's reuse window runs from the
 * first request that may have been processed.
 */
export function attemptFor(
  pending: RefreshAttempt | null,
  refreshToken: string,
  generation: number,
  now: number,
): { attempt: RefreshAttempt; replays: boolean } {
  const refreshTokenHash = hash('sha256', refreshToken);
  const replays = pending?.refreshTokenHash === refreshTokenHash && pending.generation === generation;
  return replays
    ? { attempt: pending, replays }
    : { attempt: { startedAt: now, refreshTokenHash, generation }, replays };
}

/** Until when a refresh token that was perhaps replaced is still taken, epoch ms. */
export const replayableUntil = (attempt: RefreshAttempt, reuseWindowSeconds: number): number =>
  attempt.startedAt + reuseWindowSeconds * 1000;
