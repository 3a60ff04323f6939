import type { UseView } from '../../contract/uses.ts';
import { consumerId } from './gateway-data.ts';

const MINUTE_MS = 60_000;

/** Whoever used a connection, `minutesAgo`; once and without a failure, unless it says otherwise. */
export const aUse = (
  kind: UseView['kind'],
  name: string,
  minutesAgo: number,
  now: number,
  change: Partial<UseView> = {},
): UseView => ({
  kind,
  name,
  consumer: kind === 'key' ? consumerId(1) : null,
  lastUsedAt: new Date(now - minutesAgo * MINUTE_MS).toISOString(),
  count: 1,
  failures: 0,
  ...change,
});

/** What a desk has, the latest first. */
export const someUses = (now: number): UseView[] => [
  aUse('run', 'npm', 3, now, { count: 41 }),
  aUse('key', 'triage bot', 11, now, { count: 120 }),
  aUse('git', '', 52, now, { count: 9 }),
];
