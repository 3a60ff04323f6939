import { useEffect } from 'react';
import type { ActivityEntry } from '../../../contract/activity.ts';
import type { ConnectionId } from '../../../contract/ids.ts';
import { useApp } from '../../store/use-app.ts';

/** Nothing is loaded while the arrow keys only pass over a connection. */
const LOAD_DELAY_MS = 250;

/** The activity of the connection, newest first; null until it is loaded. */
export function useHistory(id: ConnectionId): readonly ActivityEntry[] | null {
  const known = useApp((state) => (state.history?.connection === id ? state.history.entries : null));
  const load = useApp((state) => state.loadHistory);
  const wanted = known === null;
  useEffect(() => {
    if (!wanted) return;
    const timer = setTimeout(() => void load(id), LOAD_DELAY_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [wanted, id, load]);
  return known;
}
