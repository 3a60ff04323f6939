import { Dialog } from '@base-ui/react/dialog';
import type { ReactNode, SubmitEvent } from 'react';
import css from './dialog-frame.module.css';

interface DialogFrameProps {
  title: string;
  description?: ReactNode;
  /** Buttons; with `onSubmit` one of them is of type `submit`. */
  actions: ReactNode;
  onSubmit?: (form: FormData) => void;
  children?: ReactNode;
}

/** What every dialog holds: a title, what it is about, and its buttons. */
export function DialogFrame({ title, description, actions, onSubmit, children }: DialogFrameProps) {
  const inside = (
    <>
      <div className={css['head']}>
        <Dialog.Title className={css['title'] ?? ''}>{title}</Dialog.Title>
        {description !== undefined && (
          <Dialog.Description className={css['description'] ?? ''}>{description}</Dialog.Description>
        )}
      </div>
      <div className={css['body']}>{children}</div>
      <div className={css['foot']}>{actions}</div>
    </>
  );
  if (onSubmit === undefined) return inside;
  return (
    <form
      className={css['form']}
      noValidate
      onSubmit={(event: SubmitEvent<HTMLFormElement>) => {
        event.preventDefault();
        onSubmit(new FormData(event.currentTarget));
      }}
    >
      {inside}
    </form>
  );
}
