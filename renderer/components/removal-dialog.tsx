import type { ReactNode } from 'react';
import type { Failure } from '../../contract/errors.ts';
import { useCloseDialog } from '../store/use-close-dialog.ts';
import { FormDialog } from './form-dialog.tsx';

interface RemovalDialogProps {
  title: string;
  description: string;
  /** Returns why nothing was removed; null: it was, and the dialog closes. */
  remove: (form: FormData) => Promise<Failure | null>;
  children?: ReactNode;
}

/** Asks before one thing is removed, and shows why it could not be. */
export function RemovalDialog({ remove, ...rest }: RemovalDialogProps) {
  const close = useCloseDialog();
  return (
    <FormDialog
      {...rest}
      action="Remove"
      look="danger"
      submit={async (form) => {
        const problem = await remove(form);
        if (problem === null) close();
        return problem;
      }}
    />
  );
}
