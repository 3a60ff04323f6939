import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { TrafficEntry } from '../../../contract/gateway.ts';
import { Button } from '../../components/button.tsx';
import { useApp } from '../../store/use-app.ts';
import { equalRowsInView } from '../../view/equal-rows.ts';
import { TRAFFIC_ROW_PX, TrafficRow } from './traffic-row.tsx';
import css from './traffic.module.css';

/** Requests, newest first. Only those in view are rendered; what is read stays in place when others come. */
export function TrafficList({ entries }: { entries: readonly TrafficEntry[] }) {
  const atEnd = useApp((state) => state.trafficAtEnd);
  const loadOlder = useApp((state) => state.loadOlderTraffic);
  const scroller = useRef<HTMLDivElement>(null);
  const [view, setView] = useState(() => ({ top: 0, height: innerHeight }));
  const first = entries[0]?.id;
  const before = useRef(first);

  useLayoutEffect(() => {
    const came = entries.findIndex(({ id }) => id === before.current);
    before.current = first;
    const list = scroller.current;
    if (list !== null && came > 0 && list.scrollTop > 0) list.scrollTop += came * TRAFFIC_ROW_PX;
  }, [entries, first]);

  useEffect(() => {
    const list = scroller.current;
    if (list === null) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) setView((now) => ({ ...now, height: entry.contentRect.height }));
    });
    observer.observe(list);
    return () => {
      observer.disconnect();
    };
  }, []);

  const { from, to } = equalRowsInView(entries.length, TRAFFIC_ROW_PX, view.top, view.height);
  return (
    <>
      <div
        ref={scroller}
        className={css['scroller']}
        role="region"
        aria-label="Requests"
        tabIndex={0}
        onScroll={(event) => {
          const top = event.currentTarget.scrollTop;
          setView((now) => ({ ...now, top }));
        }}
      >
        <ol
          className={css['rows']}
          aria-label="Requests, newest first"
          style={{ height: entries.length * TRAFFIC_ROW_PX }}
        >
          {entries.slice(from, to).map((entry, index) => (
            <TrafficRow key={entry.id} entry={entry} position={from + index} count={entries.length} />
          ))}
        </ol>
      </div>
      {!atEnd && (
        <div className={css['older']}>
          <Button onClick={() => void loadOlder()}>Show older</Button>
        </div>
      )}
    </>
  );
}
