import { useEffect } from 'react';
import type { ActivityEntry } from '../../../contract/activity.ts';
import type { ConnectionId } from '../../../contract/ids.ts';
import { useApp } from '../../store/use-app.ts';

/** Passing over a connection with the arrow keys asks for nothing. */
const SETTLE_MS = 250;

/** What happened to the connection, newest first; null until it is known. */
export function useHistory(id: ConnectionId): readonly ActivityEntry[] | null {
  const known = useApp((state) => (state.history?.connection === id ? state.history.entries : null));
  const load = useApp((state) => state.loadHistory);
  const wanted = known === null;
  useEffect(() => {
    if (!wanted) return;
    const timer = setTimeout(() => void load(id), SETTLE_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [wanted, id, load]);
  return known;
}
