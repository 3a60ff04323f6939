import { useEffect } from 'react';
import { Activity, Download, Pause, Play } from 'lucide-react';
import { Button } from '../../components/button.tsx';
import { Empty } from '../../components/empty.tsx';
import { useApp } from '../../store/use-app.ts';
import { trafficCsv, trafficJson } from '../../view/traffic-files.ts';
import { TrafficFilters } from './traffic-filters.tsx';
import { TrafficList } from './traffic-list.tsx';
import css from './traffic.module.css';
import { Usage } from './usage.tsx';

function PauseButton() {
  const missed = useApp((state) => state.trafficMissed);
  const pause = useApp((state) => state.pauseTraffic);
  const paused = missed !== null;
  return (
    <Button
      onClick={() => {
        pause(!paused);
      }}
    >
      {paused ? <Play size={15} aria-hidden /> : <Pause size={15} aria-hidden />}
      {paused ? (missed > 0 ? `Resume (${missed.toLocaleString()} new)` : 'Resume') : 'Pause'}
    </Button>
  );
}

const FORMATS = [
  ['json', trafficJson],
  ['csv', trafficCsv],
] as const;

function Exports() {
  const save = useApp((state) => state.saveTraffic);
  return FORMATS.map(([format, write]) => (
    <Button
      key={format}
      title={`Save the requests shown as ${format.toUpperCase()}; they hold no query, header or body`}
      onClick={() => {
        save(format, write);
      }}
    >
      <Download size={15} aria-hidden />
      {format.toUpperCase()}
    </Button>
  ));
}

function Nothing() {
  const narrowed = useApp(({ trafficFilter: { consumer, connection } }) => consumer ?? connection) !== null;
  const setFilter = useApp((state) => state.setTrafficFilter);
  if (!narrowed)
    return (
      <Empty icon={<Activity size={28} aria-hidden />}>
        No requests yet. What tools ask by way of the gateway is listed here.
      </Empty>
    );
  return (
    <Empty
      action={
        <Button
          onClick={() => {
            setFilter({ consumer: null, connection: null });
          }}
        >
          Show everything
        </Button>
      }
    >
      Nothing matches this filter.
    </Empty>
  );
}

/** Requests as they come, and how much each consumer asks. */
export function TrafficView() {
  const entries = useApp((state) => state.traffic);
  const loading = useApp((state) => state.trafficLoading);
  const load = useApp((state) => state.loadTraffic);
  const leave = useApp((state) => state.leaveTraffic);
  const wanted = entries === null;
  useEffect(() => {
    if (wanted) void load();
  }, [wanted, load]);
  useEffect(() => leave, [leave]);

  return (
    <>
      <Usage />
      <div className={css['bar']}>
        <TrafficFilters />
        <span className={css['buttons']}>
          <PauseButton />
          <Exports />
        </span>
      </div>
      {entries === null || (entries.length === 0 && loading) ? (
        <Empty>Loading…</Empty>
      ) : entries.length === 0 ? (
        <Nothing />
      ) : (
        <TrafficList entries={entries} />
      )}
    </>
  );
}
