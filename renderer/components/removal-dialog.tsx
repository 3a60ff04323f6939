import { useState, type ReactNode } from 'react';
import type { Failure } from '../../contract/errors.ts';
import { useCloseDialog } from '../store/use-close-dialog.ts';
import { Button } from './button.tsx';
import { DialogFrame } from './dialog-frame.tsx';
import { FailureNote } from './failure-note.tsx';

interface RemovalDialogProps {
  title: string;
  description: string;
  /** Returns why nothing was removed; null: it was, and the dialog closes. */
  remove: (form: FormData) => Promise<Failure | null>;
  children?: ReactNode;
}

/** Asks before one thing is removed, and shows why it could not be. */
export function RemovalDialog({ title, description, remove, children }: RemovalDialogProps) {
  const close = useCloseDialog();
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);

  async function submit(form: FormData): Promise<void> {
    setBusy(true);
    const problem = await remove(form);
    setBusy(false);
    setFailure(problem);
    if (problem === null) close();
  }

  return (
    <DialogFrame
      title={title}
      description={description}
      onSubmit={(form) => void submit(form)}
      actions={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" look="danger" busy={busy}>
            Remove
          </Button>
        </>
      }
    >
      {children}
      <FailureNote failure={failure} />
    </DialogFrame>
  );
}
