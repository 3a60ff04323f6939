import { useState } from 'react';
import type { Failure } from '../../../contract/errors.ts';
import type { ConnectionId } from '../../../contract/ids.ts';
import { DialogFrame } from '../../components/dialog-frame.tsx';
import { FailureNote } from '../../components/failure-note.tsx';
import { TextField } from '../../components/field.tsx';
import { FormButtons } from '../../components/form-buttons.tsx';
import { useApp } from '../../store/use-app.ts';
import { useCloseDialog } from '../../store/use-close-dialog.ts';
import { formText } from '../../view/form-text.ts';

export function RenameDialog({ id }: { id: ConnectionId }) {
  const name = useApp((state) => state.connections.get(id)?.name);
  const rename = useApp((state) => state.rename);
  const close = useCloseDialog();
  const [failure, setFailure] = useState<Failure | null>(null);

  async function submit(form: FormData): Promise<void> {
    const reply = await rename(id, formText(form, 'name'));
    if (reply.ok) close();
    else setFailure(reply.error);
  }

  return (
    <DialogFrame
      title={`Rename ${name ?? 'connection'}`}
      description="Scripts that name the connection need the new name."
      onSubmit={(form) => void submit(form)}
      actions={<FormButtons onCancel={close}>Rename</FormButtons>}
    >
      <TextField label="Name" name="name" defaultValue={name} />
      <FailureNote failure={failure} />
    </DialogFrame>
  );
}
