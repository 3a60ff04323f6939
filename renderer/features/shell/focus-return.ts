/** Where the focus goes when a dialog closes: to the element that opened it, or to the list if that is gone. */
export function focusReturn(opener: EventTarget | null = document.activeElement): () => HTMLElement | null {
  return () => {
    if (opener instanceof HTMLElement && opener !== document.body && opener.isConnected) return opener;
    return (
      document.querySelector<HTMLElement>('[role="listbox"] [tabindex="0"]') ??
      document.querySelector<HTMLElement>('main button, nav [aria-current]')
    );
  };
}

/** A screen may have to be loaded first. */
const MOST_FRAMES = 120;

/** Moves the focus there as soon as it is there, unless the person moves it meanwhile. */
export function focusNext(find: () => Element | null | undefined): void {
  const start = document.activeElement;
  let frames = 0;
  const look = (): void => {
    const element = document.querySelector('[role="dialog"]') === null ? find() : null;
    if (element instanceof HTMLElement) {
      element.scrollIntoView({ block: 'nearest' });
      if (element.tabIndex < 0 && !element.hasAttribute('tabindex')) element.tabIndex = -1;
      element.focus();
    } else if (++frames < MOST_FRAMES) requestAnimationFrame(look);
  };
  // After the closing dialog has returned the focus.
  if (start !== null) requestAnimationFrame(() => requestAnimationFrame(look));
}
