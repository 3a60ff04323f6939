import type { ReactNode } from 'react';
import { Button, type ButtonLook } from './button.tsx';

interface FormButtonsProps {
  onCancel: () => void;
  /** The first button's label. */
  cancel?: string;
  look?: ButtonLook;
  busy?: boolean;
  /** The submit button's label. */
  children: ReactNode;
}

/** The buttons of a dialog with a form: one leaves it, one submits it. */
export function FormButtons({
  onCancel,
  cancel = 'Cancel',
  look = 'primary',
  busy = false,
  children,
}: FormButtonsProps) {
  return (
    <>
      <Button onClick={onCancel} data-first-focus={look === 'danger' ? '' : undefined}>
        {cancel}
      </Button>
      <Button type="submit" look={look} busy={busy}>
        {children}
      </Button>
    </>
  );
}
