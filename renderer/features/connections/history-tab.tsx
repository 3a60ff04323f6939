import { Activity } from 'lucide-react';
import type { ConnectionId } from '../../../contract/ids.ts';
import { Button } from '../../components/button.tsx';
import { Empty } from '../../components/empty.tsx';
import { useApp } from '../../store/use-app.ts';
import { ActivityList } from '../activity/activity-list.tsx';
import css from './connection-detail.module.css';
import { useHistory } from './use-history.ts';

/** The activity of this connection. */
export function HistoryTab({ id }: { id: ConnectionId }) {
  const entries = useHistory(id);
  const atEnd = useApp((state) => state.history?.atEnd ?? true);
  const loadOlder = useApp((state) => state.loadOlderHistory);
  if (entries === null) return <Empty>Loading…</Empty>;
  if (entries.length === 0) {
    return <Empty icon={<Activity size={28} aria-hidden />}>Nothing has happened yet.</Empty>;
  }
  return (
    <>
      <ActivityList entries={entries} />
      {!atEnd && (
        <p className={css['older']}>
          <Button onClick={() => void loadOlder()}>Show older</Button>
        </p>
      )}
    </>
  );
}
