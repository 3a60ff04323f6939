import type { ExportView } from '../../../contract/export.ts';
import { useAppStore } from '../../store/use-app.ts';
import { fixOf } from '../../view/export-trouble.ts';

/** Does what `fixOf` offers for a file that was not written. */
export function useFix(
  item: ExportView,
  actions: { write: () => Promise<void>; edit: () => void },
): () => void {
  const store = useAppStore();
  return () => {
    const { connections, reconnect, show, openDetail } = store.getState();
    const followed = item.connection === null ? undefined : connections.get(item.connection.id);
    switch (fixOf(item, followed)?.does) {
      case 'reconnect':
        if (followed !== undefined) void reconnect(followed.id);
        return;
      case 'show-connection':
        if (followed === undefined) return;
        show('connections');
        openDetail(followed.id);
        return;
      case 'edit':
        actions.edit();
        return;
      case 'write':
        void actions.write();
        return;
      case undefined:
    }
  };
}
