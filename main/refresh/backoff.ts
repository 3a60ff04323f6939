const SECOND_MS = 1000;
const FIRST_DELAY_MS = 30 * SECOND_MS;
/** The longest wait between attempts when the server asks for no other. */
export const LONGEST_DELAY_MS = 30 * 60 * SECOND_MS;

/** A server cannot ask for a longer wait than this; nor can a clock that was set back cause one. */
export const LONGEST_WAIT_MS = 60 * 60 * SECOND_MS;

/** Time that the replay itself needs before the replaced token is no longer accepted. */
const REPLAY_ROOM_MS = 20 * SECOND_MS;

/** What is known of a refresh token that may have been replaced, because an answer was lost. Times are epoch ms. */
export type LostAnswer =
  | { kind: 'just-now' }
  /** It could not be sent again yet; until `replayBy` the replaced token is still accepted. */
  | { kind: 'not-replayed'; replayBy: number }
  /** It was sent again, without a new token. */
  | { kind: 'replayed'; notBefore: number };

/** A refresh that failed temporarily. Times are epoch ms. */
export interface FailedRefresh {
  now: number;
  /** How many failed in a row, this one included. */
  failures: number;
  obtainedAt: number;
  expiresAt: number | null;
  /** What the server asked for. */
  retryAfterMs: number | null;
  lost: LostAnswer | null;
  /** In [0, 1). */
  random: number;
}

/**
 * When to try again, epoch ms: 30 s doubling to 30 min, ±20 %, never before `Retry-After` (an hour of it at most).
 * - Tokens of a short life start at a twentieth of it, and while the access token still works the wait is at most
 *   half of what is left: the token must not expire because of a short outage.
 * - After a lost answer the replay follows at once, and while it cannot be sent no wait extends past the end of the
 *   reuse window: within it the old refresh token still gets the new one, after it the sign-in is lost.
 */
export function retryAt(failed: FailedRefresh): number {
  const { now, random, lost } = failed;
  const askedMs = Math.min(Math.max(failed.retryAfterMs ?? 0, 0), LONGEST_WAIT_MS);
  let delayMs = lost?.kind === 'just-now' ? (1 + random) * SECOND_MS : patience(failed);
  if (lost?.kind === 'not-replayed') {
    const leftMs = lost.replayBy - REPLAY_ROOM_MS - now;
    if (leftMs > 0) delayMs = Math.min(delayMs, leftMs);
  }
  if (lost?.kind === 'replayed') delayMs = Math.max(delayMs, lost.notBefore - now);
  return now + Math.round(Math.max(delayMs, askedMs));
}

/** The shortest wait between tries for a token of this life, ms. */
export function shortestDelayMs({
  obtainedAt,
  expiresAt,
}: Pick<FailedRefresh, 'obtainedAt' | 'expiresAt'>): number {
  if (expiresAt === null) return FIRST_DELAY_MS;
  return Math.min(Math.max((expiresAt - obtainedAt) / 20, SECOND_MS), FIRST_DELAY_MS);
}

function patience(failed: FailedRefresh): number {
  const shortest = shortestDelayMs(failed);
  const doubled = Math.min(shortest * 2 ** Math.min(failed.failures - 1, 30), LONGEST_DELAY_MS);
  const delayMs = Math.min(doubled * (0.8 + 0.4 * failed.random), LONGEST_DELAY_MS);
  const leftMs = failed.expiresAt === null ? 0 : failed.expiresAt - failed.now;
  return leftMs > 0 ? Math.min(delayMs, Math.max(shortest, leftMs / 2)) : delayMs;
}
