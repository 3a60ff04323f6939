import type { Answer } from './bounded-fetch.ts';

/**
 * How long an answer asks to wait, ms from `now`: `Retry-After` in seconds or as a date (RFC 9110 §10.2.3), else
 * Atlassian's `X-RateLimit-Reset` (an ISO time). Null when it asks for nothing; at most a day.
 */
export function retryAfterMs(headers: Answer['headers'], now: number): number | null {
  const retryAfter = headers.get('retry-after')?.trim() ?? '';
  if (/^\d{1,9}$/.test(retryAfter)) return bounded(Number(retryAfter) * 1000);
  const at = Date.parse(retryAfter || (headers.get('x-ratelimit-reset') ?? ''));
  return Number.isNaN(at) ? null : bounded(at - now);
}

const bounded = (delayMs: number): number => Math.min(Math.max(delayMs, 0), 24 * 60 * 60_000);
