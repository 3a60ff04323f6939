import type { ExportId } from '../../../contract/ids.ts';
import { Choice } from '../../components/field.tsx';
import { RemovalDialog } from '../../components/removal-dialog.tsx';
import { useApp } from '../../store/use-app.ts';

export function RemoveExportDialog({ id }: { id: ExportId }) {
  const item = useApp((state) => state.exports.get(id));
  const removeExport = useApp((state) => state.removeExport);
  return (
    <RemovalDialog
      title="Remove env file?"
      description={
        item?.mode === 'whole'
          ? 'Tokentray stops updating it and deletes it, because it wrote the whole file.'
          : 'Tokentray stops updating it and removes its own lines. Yours stay.'
      }
      remove={(form) => removeExport(id, form.has('keep'))}
    >
      <p>
        <code>{item?.file}</code>
      </p>
      <Choice
        type="checkbox"
        name="keep"
        label="Leave the file as it is"
        note="The token in it works until it expires."
      />
    </RemovalDialog>
  );
}
