import { Activity } from 'lucide-react';
import { useEffect } from 'react';
import type { ActivityEntry } from '../../../contract/activity.ts';
import { Button } from '../../components/button.tsx';
import { Empty } from '../../components/empty.tsx';
import { useMinute } from '../../components/minute-clock.ts';
import { Page } from '../../components/page.tsx';
import { useApp } from '../../store/use-app.ts';
import { moment } from '../../view/time-words.ts';
import css from './activity-section.module.css';

const MARKS = { info: '·', warning: '◔', error: '▲' } as const;
const LEVELS = { info: 'Information', warning: 'Warning', error: 'Error' } as const;

function Entry({ entry, now }: { entry: ActivityEntry; now: number }) {
  return (
    <li>
      <time className={css['time']} dateTime={entry.at}>
        {moment(entry.at, now)}
      </time>
      <span className={css[entry.level]} role="img" aria-label={LEVELS[entry.level]}>
        {MARKS[entry.level]}
      </span>
      <span className={css['message']}>{entry.message}</span>
    </li>
  );
}

/** What happened, newest first; tokens never stood in it. */
export function ActivitySection() {
  const entries = useApp((state) => state.activity);
  const atEnd = useApp((state) => state.activityAtEnd);
  const load = useApp((state) => state.loadActivity);
  const loadOlder = useApp((state) => state.loadOlderActivity);
  const now = useMinute();
  useEffect(() => {
    void load();
  }, [load]);

  return (
    <Page title="Activity">
      {entries === null && <Empty>Loading…</Empty>}
      {entries?.length === 0 && (
        <Empty icon={<Activity size={28} aria-hidden />}>Nothing has happened yet.</Empty>
      )}
      {entries !== null && entries.length > 0 && (
        <ol className={css['list']} aria-label="Activity">
          {entries.map((entry) => (
            <Entry key={entry.id} entry={entry} now={now} />
          ))}
        </ol>
      )}
      {!atEnd && entries !== null && (
        <div className={css['older']}>
          <Button onClick={() => void loadOlder()}>Show older</Button>
        </div>
      )}
    </Page>
  );
}
