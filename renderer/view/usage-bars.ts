import type { UsageEntry } from '../../contract/gateway.ts';
import type { ConsumerId } from '../../contract/ids.ts';

const HOUR_MS = 3_600_000;

export const USAGE_SPANS = {
  day: { words: 'the last 24 hours', bars: 24, barMs: HOUR_MS },
  month: { words: 'the last 31 days', bars: 31, barMs: 24 * HOUR_MS },
} as const;
export type UsageSpan = keyof typeof USAGE_SPANS;

export interface UsageBar {
  /** Epoch ms at which it begins. */
  start: number;
  requests: number;
  /** Of these: refused, or failed. */
  trouble: number;
}

export interface UsageSeries {
  consumer: ConsumerId;
  /** As it was last counted. */
  name: string;
  bars: readonly UsageBar[];
  requests: number;
  refused: number;
  failed: number;
}

/** One row of bars for each consumer that asked within the span, the busiest first. The last bar holds `now`, epoch ms. */
export function usageSeries(usage: readonly UsageEntry[], span: UsageSpan, now: number): UsageSeries[] {
  const { bars: count, barMs } = USAGE_SPANS[span];
  const end = now - (now % HOUR_MS) + HOUR_MS;
  const start = end - count * barMs;
  const within = usage.filter(({ hour }) => Date.parse(hour) >= start && Date.parse(hour) < end);
  return [...Map.groupBy(within, ({ consumer }) => consumer)]
    .map(([consumer, entries]) => {
      const bars = Array.from({ length: count }, (_, index) => ({
        start: start + index * barMs,
        requests: 0,
        trouble: 0,
      }));
      const series = {
        consumer,
        name: entries.at(-1)?.name ?? '',
        bars,
        requests: 0,
        refused: 0,
        failed: 0,
      };
      for (const { hour, requests, refused, failed } of entries) {
        const bar = bars[Math.floor((Date.parse(hour) - start) / barMs)];
        if (bar === undefined) continue;
        bar.requests += requests;
        bar.trouble += refused + failed;
        series.requests += requests;
        series.refused += refused;
        series.failed += failed;
      }
      return series;
    })
    .filter(({ requests }) => requests > 0)
    .sort((a, b) => b.requests - a.requests);
}

const troubleWords = ({ refused, failed }: UsageSeries): string[] => [
  ...(refused > 0 ? [`${refused.toLocaleString()} refused`] : []),
  ...(failed > 0 ? [`${failed.toLocaleString()} failed`] : []),
];

/** Beside the bars: `132, 4 refused, 1 failed`. */
export const shortUsageWords = (series: UsageSeries): string =>
  [series.requests.toLocaleString(), ...troubleWords(series)].join(', ');

/** The bars as text: `132 requests in the last 24 hours, 4 refused, 1 failed`. */
export function usageWords(series: UsageSeries, span: UsageSpan): string {
  const { requests } = series;
  const total = `${requests.toLocaleString()} ${requests === 1 ? 'request' : 'requests'} in ${USAGE_SPANS[span].words}`;
  return [total, ...troubleWords(series)].join(', ');
}
