import { Dialog } from '@base-ui/react/dialog';
import { useLayoutEffect, useRef, type ReactNode, type RefCallback } from 'react';
import type { Failure } from '../../contract/errors.ts';
import { CheckedForm } from './checked-form.tsx';
import css from './dialog-frame.module.css';
import { firstField, firstFocus } from './first-focus.ts';

interface DialogFrameProps {
  title: string;
  description?: ReactNode;
  /** Buttons; with `onSubmit` one of them is of type `submit`. */
  actions: ReactNode;
  /** Called once every field is as it should be. */
  onSubmit?: (form: FormData) => void;
  /** Shown at the field that it names. */
  failure?: Failure | null;
  /** As wide as the window allows, up to two columns; the content then reaches its edges. */
  wide?: boolean;
  children?: ReactNode;
}

/** Lets the keyboard scroll a content of words alone, where it is higher than its place. */
const reachable: RefCallback<HTMLDivElement> = (body) => {
  if (body === null) return undefined;
  const update = (): void => {
    const scrolls = body.scrollHeight > body.clientHeight;
    const words = body.querySelector('a, button, input, select, textarea, [tabindex]') === null;
    if (scrolls && words) body.tabIndex = 0;
    else body.removeAttribute('tabindex');
  };
  const sizes = new ResizeObserver(update);
  sizes.observe(body);
  return () => {
    sizes.disconnect();
  };
};

/** The layout of every dialog: title, description, content and buttons. */
export function DialogFrame({
  title,
  description,
  actions,
  onSubmit,
  failure,
  wide = false,
  children,
}: DialogFrameProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    const now = document.activeElement;
    const dialog = heading.current?.closest('[role="dialog"]') ?? null;
    // A further step in an open dialog: the element that had the focus is gone, so nothing would be announced.
    if (now === document.body) (firstFocus(dialog) ?? heading.current)?.focus();
    // Its content has only now been loaded.
    else if (now === dialog) (firstFocus(dialog) ?? firstField(dialog) ?? heading.current)?.focus();
  }, []);
  const inside = (
    <>
      <div className={css['head']}>
        <Dialog.Title ref={heading} tabIndex={-1} className={`clamp ${css['title'] ?? ''}`}>
          {title}
        </Dialog.Title>
        {description !== undefined && (
          <Dialog.Description className={css['description'] ?? ''}>{description}</Dialog.Description>
        )}
      </div>
      <div ref={reachable} className={css['body']} data-wide={wide || undefined}>
        {children}
      </div>
      <div className={css['foot']}>{actions}</div>
    </>
  );
  if (onSubmit === undefined) return inside;
  return (
    <CheckedForm className={css['form']} onSubmit={onSubmit} failure={failure ?? null}>
      {inside}
    </CheckedForm>
  );
}
