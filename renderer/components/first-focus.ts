/**
 * Where the focus starts in a dialog, if that is not simply its first control: on what leaves it, where anything else would
 * delete something. Null: the first control.
 */
export const firstFocus = (dialog: Element | null): HTMLElement | null =>
  dialog?.querySelector<HTMLElement>('[data-first-focus]') ?? null;

/** The first control of a dialog's content, else of its buttons. */
export const firstField = (dialog: Element | null): HTMLElement | null =>
  dialog?.querySelector<HTMLElement>('a[href], input:not(:disabled), select, textarea, button') ?? null;
