import { retryAfterMs } from '../lib/retry-after.ts';

/** What an answer says about rates. */
export interface RateSignals {
  /** How long until the next request is welcome; null: it does not say. */
  readonly waitMs: number | null;
  /** Requests that are left; null: it does not say. */
  readonly remaining: number | null;
  /** `X-RateLimit-NearLimit`: less than a fifth is left. */
  readonly nearLimit: boolean;
  /** `RateLimit-Reason`, lower case; empty without one. */
  readonly reason: string;
}

/** More seconds than this can only be an epoch time. */
const EPOCH_SECONDS = 1_000_000_000;
const MOST_MS = 24 * 60 * 60_000;

/**
 * Reads `Retry-After`, `X-RateLimit-*` (developer.atlassian.com, rate limiting: the reset is an ISO time; elsewhere epoch seconds)
 * and `RateLimit-*` (draft-ietf-httpapi-ratelimit-headers-07: seconds from now). `raw`: names and values in turn. Pure.
 */
export function readSignals(raw: readonly string[], now: number): RateSignals {
  const values = new Headers();
  for (let index = 0; index < raw.length; index += 2) {
    const name = raw[index]?.toLowerCase() ?? '';
    if (NAMES.has(name)) values.set(name, raw[index + 1] ?? '');
  }
  return {
    waitMs: (values.has('retry-after') ? null : resetMs(values, now)) ?? retryAfterMs(values, now),
    remaining: count(values.get('x-ratelimit-remaining') ?? values.get('ratelimit-remaining')),
    nearLimit: values.get('x-ratelimit-nearlimit')?.trim().toLowerCase() === 'true',
    reason: (values.get('ratelimit-reason') ?? '').toLowerCase(),
  };
}

const NAMES: ReadonlySet<string> = new Set([
  'retry-after',
  'x-ratelimit-reset',
  'x-ratelimit-remaining',
  'x-ratelimit-nearlimit',
  'ratelimit-reset',
  'ratelimit-remaining',
  'ratelimit-reason',
]);

function resetMs(values: Headers, now: number): number | null {
  const seconds = count(values.get('ratelimit-reset') ?? values.get('x-ratelimit-reset'));
  if (seconds === null) return null;
  const waitMs = seconds > EPOCH_SECONDS ? seconds * 1000 - now : seconds * 1000;
  return Math.min(Math.max(waitMs, 0), MOST_MS);
}

const count = (value: string | null): number | null =>
  value !== null && /^\s*\d{1,12}\s*$/.test(value) ? Number(value) : null;
