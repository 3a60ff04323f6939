import type { ExportId } from '../../../contract/ids.ts';
import { GoneDialog } from '../../components/gone-dialog.tsx';
import { useApp } from '../../store/use-app.ts';
import { useShortPath } from '../../store/use-short-path.ts';
import { useCloseDialog } from '../../store/use-close-dialog.ts';
import { followsOf } from '../../view/export-form.ts';
import { ExportForm } from './export-form.tsx';

/** Changes an env file: its lines are removed from the old place and written as specified now. */
export function EditExportDialog({ id }: { id: ExportId }) {
  const item = useApp((state) => state.exports.get(id));
  const changeExport = useApp((state) => state.changeExport);
  const notify = useApp((state) => state.notify);
  const close = useCloseDialog();
  const shown = useShortPath();
  if (item === undefined) {
    return <GoneDialog />;
  }
  return (
    <ExportForm
      title="Edit env file"
      description="Tokentray removes its lines from the current file and writes them again as you specify here."
      action="Save"
      draft={{
        ...item,
        // What a template writes is a file of its own in any case.
        mode:
          item.mode === 'block' || (item.format === 'template' && item.mode === 'whole') ? null : item.mode,
        follows: followsOf(item),
        folder: item.connection?.id,
        failure: item.status.state === 'failed' ? item.status.error : undefined,
      }}
      save={(request) => changeExport(id, request)}
      onSaved={({ file }) => {
        close();
        notify(`${shown.path(file)} is kept up to date.`);
      }}
    />
  );
}
