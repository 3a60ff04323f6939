import type { ConnectionRecord } from '../store/records.ts';
import { LONGEST_WAIT_MS } from './backoff.ts';

const MINUTE_MS = 60_000;
const LONGEST_MARGIN_MS = 5 * MINUTE_MS;
const LONGEST_JITTER_MS = MINUTE_MS;

/** So that a server that issues tokens without a lifetime is not called in a tight loop. */
const SHORTEST_INTERVAL_MS = 5000;

/** A token obtained further in the future than this was stamped before the clock was set back. */
const CLOCK_TOLERANCE_MS = MINUTE_MS;

/** The life of an access token whose provider gave no usable `expires_in` (RFC 6749 §5.1 only recommends it). */
const ASSUMED_LIFE_MS = 60 * MINUTE_MS;

/** After a wake, tokens of unknown lifetime younger than this are not refreshed: one wake causes several events. */
const WAKE_AGE_MS = MINUTE_MS;

/** What is needed to know when a token ends. Times are epoch ms. */
export type TokenTimes = Pick<ConnectionRecord, 'obtainedAt' | 'expiresAt' | 'renewal'>;

/**
 * When an access token ends, epoch ms. Where the provider did not say it, an hour is assumed if the token can be
 * renewed, and no end if it cannot: null.
 */
const endOf = ({ obtainedAt, expiresAt, renewal }: TokenTimes): number | null =>
  expiresAt ?? (renewal !== 'none' ? obtainedAt + ASSUMED_LIFE_MS : null);

/**
 * When to refresh an access token, epoch ms: before it ends by a margin (5 min, at most a fifth of its life) and a
 * jitter (up to 60 s, at most a tenth) that is always the same for a connection. Without a known end an hour is assumed.
 */
export function dueAt(
  { id, obtainedAt, expiresAt }: Pick<ConnectionRecord, 'id' | 'obtainedAt' | 'expiresAt'>,
  now: number,
): number {
  if (obtainedAt > now + CLOCK_TOLERANCE_MS) return now;
  const end = expiresAt ?? obtainedAt + ASSUMED_LIFE_MS;
  const lifeMs = Math.max(end - obtainedAt, 0);
  const marginMs = Math.min(LONGEST_MARGIN_MS, lifeMs / 5);
  const jitterMs = Math.min(LONGEST_JITTER_MS, lifeMs / 10) * stableFraction(id);
  return Math.max(Math.round(end - marginMs - jitterMs), obtainedAt + SHORTEST_INTERVAL_MS);
}

/** When the scheduler refreshes a connection, epoch ms; null when it does not. */
export function nextRefresh(
  record: TokenTimes & Pick<ConnectionRecord, 'id' | 'pausedAt' | 'condition'>,
  now: number,
): number | null {
  if (record.renewal === 'none' || record.pausedAt !== null) return null;
  switch (record.condition.kind) {
    case 'gone':
    case 'misconfigured':
      return null;
    case 'transient':
      // A clock set back must not turn minutes into hours.
      return Math.min(record.condition.retryAt, now + LONGEST_WAIT_MS);
    case 'ok':
      return dueAt(record, now);
  }
}

/** True if a token of unknown lifetime is old enough to be refreshed after a wake: it may have expired in the meantime. */
export const isUnsureAfterWake = ({ obtainedAt, expiresAt }: TokenTimes, now: number): boolean =>
  expiresAt === null && Math.abs(now - obtainedAt) >= WAKE_AGE_MS;

/** True when the access token has ended, by the wall clock. */
export function hasExpired(token: TokenTimes, now: number): boolean {
  const end = endOf(token);
  return end !== null && end <= now;
}

/**
 * True when a caller who needs `minTtlMs` should get a newer token. One who needs more than a fresh token lives
 * gets a newer one once a fifth of the life has passed, not at every call.
 */
export function needsNewer(token: TokenTimes, minTtlMs: number, now: number): boolean {
  const end = endOf(token);
  if (end === null) return false;
  // The clock was set back, and without an end from the provider nothing tells how old the token is.
  if (token.expiresAt === null && token.obtainedAt > now + CLOCK_TOLERANCE_MS) return true;
  const lifeMs = Math.max(end - token.obtainedAt, 0);
  return end - now <= Math.min(minTtlMs, lifeMs * 0.8);
}

/** Connection ids are random: their end is enough to tell them apart. */
const HASHED_CHARACTERS = 12;

/** A number in [0, 1) that is always the same for an id: FNV-1a, its bits mixed so that similar ids spread. */
export function stableFraction(id: string): number {
  let hash = 0x811c9dc5;
  for (let index = Math.max(id.length - HASHED_CHARACTERS, 0); index < id.length; index += 1) {
    hash = Math.imul(hash ^ id.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
