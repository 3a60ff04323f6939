import type { ActivityEntry } from '../../../contract/activity.ts';
import { useMinute } from '../../components/minute-clock.ts';
import { moment } from '../../view/time-words.ts';
import css from './activity-list.module.css';

const MARKS = { info: '·', warning: '◔', error: '▲' } as const;
const LEVELS = { info: 'Information', warning: 'Warning', error: 'Error' } as const;

/** Entries, newest first; tokens never stood in them. */
export function ActivityList({ entries }: { entries: readonly ActivityEntry[] }) {
  const now = useMinute();
  return (
    <ol className={css['list']} aria-label="Activity">
      {entries.map(({ id, at, level, message }) => (
        <li key={id}>
          <time className={css['time']} dateTime={at}>
            {moment(at, now)}
          </time>
          <span className={css[level]} role="img" aria-label={LEVELS[level]}>
            {MARKS[level]}
          </span>
          <span className={css['message']}>{message}</span>
        </li>
      ))}
    </ol>
  );
}
