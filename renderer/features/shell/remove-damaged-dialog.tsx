import { useState } from 'react';
import type { Failure } from '../../../contract/errors.ts';
import type { DamagedRecord } from '../../../contract/status.ts';
import { Button } from '../../components/button.tsx';
import { DialogFrame } from '../../components/dialog-frame.tsx';
import { FailureNote } from '../../components/failure-note.tsx';
import { useApp } from '../../store/use-app.ts';
import { useCloseDialog } from '../../store/use-close-dialog.ts';

export function RemoveDamagedDialog({ record }: { record: DamagedRecord }) {
  const removeDamaged = useApp((state) => state.removeDamaged);
  const close = useCloseDialog();
  const [failure, setFailure] = useState<Failure | null>(null);

  async function remove(): Promise<void> {
    const problem = await removeDamaged(record);
    if (problem === null) close();
    else setFailure(problem);
  }

  return (
    <DialogFrame
      title={`Remove “${record.name}”?`}
      description="Its record in the store is damaged. Once it is removed, a backup of the data folder is the only way to get it back."
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
