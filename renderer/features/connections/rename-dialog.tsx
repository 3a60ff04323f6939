import type { ConnectionId } from '../../../contract/ids.ts';
import { TextField } from '../../components/field.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import { useApp } from '../../store/use-app.ts';
import { useCloseDialog } from '../../store/use-close-dialog.ts';
import { formText } from '../../view/form-text.ts';

export function RenameDialog({ id }: { id: ConnectionId }) {
  const name = useApp((state) => state.connections.get(id)?.name);
  const rename = useApp((state) => state.rename);
  const close = useCloseDialog();

  return (
    <FormDialog
      title={`Rename ${name ?? 'connection'}`}
      description="Scripts that name the connection need the new name."
      action="Rename"
      submit={async (form) => {
        const reply = await rename(id, formText(form, 'name'));
        if (!reply.ok) return reply.error;
        close();
        return null;
      }}
    >
      <TextField label="Name" name="name" required defaultValue={name} />
    </FormDialog>
  );
}
