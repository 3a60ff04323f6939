import type { ExportMode } from '../../../contract/export.ts';
import type { ExportId } from '../../../contract/ids.ts';
import { Choice } from '../../components/field.tsx';
import { RemovalDialog } from '../../components/removal-dialog.tsx';
import { useApp } from '../../store/use-app.ts';
import { useShortPath } from '../../store/use-short-path.ts';

const DESCRIPTIONS: Readonly<Record<ExportMode, string>> = {
  block: 'Tokentray stops updating it and removes its own lines. Yours stay.',
  whole: 'Tokentray stops updating it and deletes it, because it wrote the whole file.',
  pipe: 'Tokentray removes the pipe; programs that open it then find nothing.',
};

export function RemoveExportDialog({ id }: { id: ExportId }) {
  const item = useApp((state) => state.exports.get(id));
  const shown = useShortPath();
  const removeExport = useApp((state) => state.removeExport);
  return (
    <RemovalDialog
      title="Remove env file?"
      description={DESCRIPTIONS[item?.mode ?? 'block']}
      remove={(form) => removeExport(id, form.has('keep'))}
    >
      <p>
        <code>{item && shown.path(item.file)}</code>
      </p>
      {item?.mode !== 'pipe' && (
        <Choice
          type="checkbox"
          name="keep"
          label="Leave the file as it is"
          note="The token in it works until it expires."
        />
      )}
    </RemovalDialog>
  );
}
