import type { ConnectionId } from '../../../contract/ids.ts';
import type { DroppedFile } from '../../store/dialog-state.ts';
import { useApp } from '../../store/use-app.ts';
import { useShortPath } from '../../store/use-short-path.ts';
import { useCloseDialog } from '../../store/use-close-dialog.ts';
import { ExportForm } from './export-form.tsx';
import css from './export-form.module.css';

interface AddExportDialogProps {
  /** The connection that it was opened from. */
  connection: ConnectionId | null;
  dropped: DroppedFile | null;
}

/** Adds a file that is kept up to date. */
export function AddExportDialog({ connection, dropped }: AddExportDialogProps) {
  const selected = useApp((state) => state.selectedId);
  const addExport = useApp((state) => state.addExport);
  const notify = useApp((state) => state.notify);
  const close = useCloseDialog();
  const shown = useShortPath();
  return (
    <ExportForm
      title="Add env file"
      description="Tokentray writes the variables now, and again whenever the token changes."
      action="Add env file"
      draft={{
        file: dropped?.path ?? '',
        preset: 'atlassian',
        format: null,
        mode: null,
        inPlace: false,
        follows: connection ?? selected ?? '',
      }}
      before={
        dropped !== null &&
        dropped.path === null && (
          <p className={css['note']}>
            Browsers don’t reveal where a dropped file is. Enter the full path of <code>{dropped.name}</code>.
          </p>
        )
      }
      save={addExport}
      onSaved={({ file }) => {
        close();
        notify(`${shown.path(file)} is kept up to date.`);
      }}
    />
  );
}
