import type { ActivityEntry, ActivityLevel } from '../../../contract/activity.ts';
import { useMinute } from '../../components/minute-clock.ts';
import { StateShape } from '../../components/state-shape.tsx';
import { useShortPath } from '../../store/use-short-path.ts';
import { byDay } from '../../view/activity-days.ts';
import { clock } from '../../view/time-words.ts';
import css from './activity-list.module.css';

/** Only warnings and errors get a shape, so that they stand out. */
function Mark({ level }: { level: ActivityLevel }) {
  if (level === 'info') return <span />;
  return (
    <span className={css[level]}>
      {level === 'warning' ? (
        <StateShape shape="△" label="Warning" />
      ) : (
        <StateShape shape="▲" label="Error" />
      )}
    </span>
  );
}

/** Entries by day, newest first. Never contain tokens. */
export function ActivityList({ entries }: { entries: readonly ActivityEntry[] }) {
  const now = useMinute();
  const shown = useShortPath();
  return (
    <ol className={css['list']} aria-label="Activity">
      {byDay(entries, now).map(({ day, entry: { id, at, level, message } }) => (
        <li key={id}>
          {day !== null && <span className={css['day']}>{day}</span>}
          <time className={css['time']} dateTime={at}>
            {clock(at)}
          </time>
          <Mark level={level} />
          <span className={css['message']}>{shown.words(message)}</span>
        </li>
      ))}
    </ol>
  );
}
