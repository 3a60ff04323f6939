import { useState } from 'react';
import type { Failure } from '../../../contract/errors.ts';
import type { OAuthClientId } from '../../../contract/ids.ts';
import { Button } from '../../components/button.tsx';
import { DialogFrame } from '../../components/dialog-frame.tsx';
import { FailureNote } from '../../components/failure-note.tsx';
import { useApp } from '../../store/use-app.ts';
import { useCloseDialog } from '../../store/use-close-dialog.ts';

export function RemoveClientDialog({ id }: { id: OAuthClientId }) {
  const name = useApp(
    (state) => state.providers.flatMap(({ clients }) => clients).find((client) => client.id === id)?.name,
  );
  const removeClient = useApp((state) => state.removeClient);
  const close = useCloseDialog();
  const [failure, setFailure] = useState<Failure | null>(null);

  async function remove(): Promise<void> {
    const problem = await removeClient(id);
    if (problem === null) close();
    else setFailure(problem);
  }

  return (
    <DialogFrame
      title={`Remove OAuth client “${name ?? ''}”?`}
      description="Tokentray deletes its secret. The registration with the provider stays."
      actions={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button look="danger" onClick={() => void remove()}>
            Remove
          </Button>
        </>
      }
    >
      <FailureNote failure={failure} />
    </DialogFrame>
  );
}
