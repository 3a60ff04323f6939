import { useState, type ReactNode } from 'react';
import type { Failure } from '../../contract/errors.ts';
import { useCloseDialog } from '../store/use-close-dialog.ts';
import type { ButtonLook } from './button.tsx';
import { DialogFrame } from './dialog-frame.tsx';
import { FailureNote } from './failure-note.tsx';
import { FormButtons } from './form-buttons.tsx';

interface FormDialogProps {
  title: string;
  description: string;
  /** The submit button's label. */
  action: string;
  look?: ButtonLook;
  /** Goes back instead of closing the dialog. */
  onBack?: (() => void) | undefined;
  /** Returns why it did not work; null: it did. */
  submit: (form: FormData) => Promise<Failure | null>;
  children?: ReactNode;
}

/** A dialog with one form: shows why it was not accepted, at the field at fault if it is one of its own, and is not submitted twice. */
export function FormDialog({ title, description, action, look, onBack, submit, children }: FormDialogProps) {
  const close = useCloseDialog();
  const [failure, setFailure] = useState<Failure | null>(null);
  const [atField, setAtField] = useState(false);
  const [busy, setBusy] = useState(false);

  async function run(form: FormData): Promise<void> {
    setBusy(true);
    const problem = await submit(form);
    setBusy(false);
    setFailure(problem);
    setAtField(problem?.field !== undefined && form.has(problem.field));
  }

  const buttons = (
    <FormButtons
      onCancel={onBack ?? close}
      cancel={onBack === undefined ? 'Cancel' : 'Back'}
      busy={busy}
      {...(look !== undefined && { look })}
    >
      {action}
    </FormButtons>
  );
  return (
    <DialogFrame
      title={title}
      description={description}
      actions={buttons}
      failure={failure}
      onSubmit={(form) => void run(form)}
    >
      {children}
      <FailureNote failure={atField ? null : failure} />
    </DialogFrame>
  );
}
