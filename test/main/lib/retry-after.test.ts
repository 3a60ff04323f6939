import { expect, test } from 'vitest';
import { retryAfterMs } from '../../../main/lib/retry-after.ts';

const NOW = Date.UTC(2026, 10, 22, 9, 30);

test.each<[Record<string, string>, number | null]>([
  [{}, null],
  [{ 'retry-after': '7' }, 7000],
  [{ 'retry-after': '0' }, 0],
  [{ 'retry-after': 'Sun, 22 Nov 2026 09:31:00 GMT' }, 60_000],
  [{ 'retry-after': 'Sun, 22 Nov 2026 09:29:00 GMT' }, 0],
  [{ 'retry-after': '99999999' }, 86_400_000],
  [{ 'retry-after': 'soon' }, null],
  [{ 'x-ratelimit-reset': '2026-11-22T09:30:30Z' }, 30_000],
  [{ 'retry-after': '1', 'x-ratelimit-reset': '2026-11-22T09:30:30Z' }, 1000],
])('%j asks to wait %j ms', (headers, delay) => {
  expect(retryAfterMs(new Headers(headers), NOW)).toBe(delay);
});
