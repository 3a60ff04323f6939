import type { ExportId } from '../../../contract/ids.ts';
import { Button } from '../../components/button.tsx';
import { DialogFrame } from '../../components/dialog-frame.tsx';
import { useApp } from '../../store/use-app.ts';
import { useCloseDialog } from '../../store/use-close-dialog.ts';
import { ExportForm, followsOf } from './export-form.tsx';

/** Changes an env file: its lines are removed from the old place and written as specified now. */
export function EditExportDialog({ id }: { id: ExportId }) {
  const item = useApp((state) => state.exports.get(id));
  const changeExport = useApp((state) => state.changeExport);
  const notify = useApp((state) => state.notify);
  const close = useCloseDialog();
  if (item === undefined) {
    return <DialogFrame title="Already removed" actions={<Button onClick={close}>Close</Button>} />;
  }
  return (
    <ExportForm
      title="Edit env file"
      description="Tokentray removes its lines from the current file and writes them again as you specify here."
      action="Save"
      draft={{
        file: item.file,
        preset: item.preset,
        format: item.format === 'template' ? 'dotenv' : item.format,
        follows: followsOf(item),
      }}
      save={(request) =>
        changeExport(id, {
          ...request,
          // A file that Tokentray owns entirely stays that way, unless its format changes.
          ...(request.format === item.format && { mode: item.mode }),
        })
      }
      onSaved={({ file }) => {
        close();
        notify(`${file} is kept up to date.`);
      }}
    />
  );
}
