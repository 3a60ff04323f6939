import type { ConsumerLimits } from '../../contract/gateway.ts';
import type { OptionSpec } from '../command.ts';

export const LIMIT_OPTIONS = {
  'per-minute': {
    type: 'number',
    value: 'N',
    description: 'At most this many requests a minute',
    min: 1,
    max: 1_000_000,
  },
  'at-once': {
    type: 'number',
    value: 'N',
    description: 'At most this many at the same time',
    min: 1,
    max: 10_000,
  },
} as const satisfies Record<string, OptionSpec>;

/** Undefined when no option says a limit. Pure. */
export function limitsOf(options: {
  readonly 'per-minute'?: number;
  readonly 'at-once'?: number;
}): ConsumerLimits | undefined {
  const { 'per-minute': requestsPerMinute, 'at-once': atOnce } = options;
  if (requestsPerMinute === undefined && atOnce === undefined) return undefined;
  return {
    ...(requestsPerMinute !== undefined && { requestsPerMinute }),
    ...(atOnce !== undefined && { atOnce }),
  };
}
