import { useState } from 'react';
import type { Failure } from '../../../contract/errors.ts';
import type { ExportId } from '../../../contract/ids.ts';
import { Button } from '../../components/button.tsx';
import { DialogFrame } from '../../components/dialog-frame.tsx';
import { FailureNote } from '../../components/failure-note.tsx';
import { Choice } from '../../components/field.tsx';
import { useApp } from '../../store/use-app.ts';
import { useCloseDialog } from '../../store/use-close-dialog.ts';

export function RemoveExportDialog({ id }: { id: ExportId }) {
  const item = useApp((state) => state.exports.get(id));
  const removeExport = useApp((state) => state.removeExport);
  const close = useCloseDialog();
  const [failure, setFailure] = useState<Failure | null>(null);

  async function submit(form: FormData): Promise<void> {
    const problem = await removeExport(id, form.has('keep'));
    if (problem === null) close();
    else setFailure(problem);
  }

  return (
    <DialogFrame
      title="Remove env file?"
      description={
        item?.mode === 'whole'
          ? 'Tokentray stops updating it and deletes it, because it wrote the whole file.'
          : 'Tokentray stops updating it and removes its own lines. Yours stay.'
      }
      onSubmit={(form) => void submit(form)}
      actions={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" look="danger">
            Remove
          </Button>
        </>
      }
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
      <FailureNote failure={failure} />
    </DialogFrame>
  );
}
