import { useEffect, useMemo, useState } from 'react';
import { FilterSelect } from '../../components/filter-select.tsx';
import { useMinute } from '../../components/minute-clock.ts';
import { useApp } from '../../store/use-app.ts';
import { removedWords } from '../../view/gateway-words.ts';
import {
  USAGE_SPANS,
  shortUsageWords,
  usageSeries,
  usageWords,
  type UsageSeries,
  type UsageSpan,
} from '../../view/usage-bars.ts';
import css from './traffic.module.css';

const SHOWN = 4;
const BAR = 6;
const GAP = 2;
const HEIGHT = 28;

/** Bars of one consumer: filled for requests, outlined for those that were refused or failed. */
function Bars({ series, name, span }: { series: UsageSeries; name: string; span: UsageSpan }) {
  const most = Math.max(1, ...series.bars.map(({ requests }) => requests));
  const width = series.bars.length * (BAR + GAP);
  const tall = (count: number): number => (count === 0 ? 0 : Math.max(2, (count / most) * HEIGHT));
  return (
    <svg
      className={css['bars']}
      viewBox={`0 0 ${width} ${HEIGHT}`}
      width={width}
      height={HEIGHT}
      role="img"
      aria-label={`${name}: ${usageWords(series, span)}; at most ${most.toLocaleString()} ${span === 'day' ? 'an hour' : 'a day'}`}
    >
      <path className={css['ground']} d={`M0 ${HEIGHT - 0.5}H${width}`} />
      {series.bars.map(({ start, requests, trouble }, index) => {
        const all = tall(requests);
        const part = Math.min(all, tall(trouble));
        return (
          <g key={start}>
            <rect
              className={css['fine']}
              x={index * (BAR + GAP)}
              y={HEIGHT - all}
              width={BAR}
              height={all - part}
            />
            {part > 1 && (
              <rect
                className={css['trouble']}
                x={index * (BAR + GAP) + 0.5}
                y={HEIGHT - part + 0.5}
                width={BAR - 1}
                height={part - 1}
              />
            )}
          </g>
        );
      })}
    </svg>
  );
}

/** How much each consumer asked over time. */
export function Usage() {
  const now = useMinute();
  const usage = useApp((state) => state.usage);
  const load = useApp((state) => state.loadUsage);
  const consumers = useApp((state) => state.gateway.consumers);
  const [span, setSpan] = useState<UsageSpan>('day');
  useEffect(() => void load(), [load, now]);
  const series = useMemo(() => usageSeries(usage ?? [], span, now), [usage, span, now]);
  if (usage === null || usage.length === 0) return null;
  return (
    <section className={css['usage']} aria-label="Usage">
      <div className={css['bar']}>
        <h2>Requests by consumer</h2>
        <FilterSelect
          label="Time span"
          value={span}
          choices={[
            ['day', 'Last 24 hours'],
            ['month', 'Last 31 days'],
          ]}
          onChange={setSpan}
        />
      </div>
      {series.length === 0 && <p className={css['none']}>No requests in {USAGE_SPANS[span].words}.</p>}
      <ul aria-label="Usage by consumer">
        {series.slice(0, SHOWN).map((item) => {
          const known = consumers.find(({ id }) => id === item.consumer);
          const name = known?.name ?? removedWords(item.name);
          return (
            <li key={item.consumer}>
              <span className={css['who']} data-removed={known === undefined} title={name}>
                <bdi>{name}</bdi>
              </span>
              <Bars series={item} name={name} span={span} />
              <span className={css['amount']}>{shortUsageWords(item)}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
