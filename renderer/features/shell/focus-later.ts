/** The part of a section may have to be loaded first. */
const LONGEST_WAIT_MS = 3000;

/**
 * Moves the focus to what `find` gives as soon as it is there and no dialog is open; not once the person has pressed a key
 * or clicked meanwhile.
 */
export function focusLater(find: () => Element | null | undefined): void {
  const since = performance.now();
  const stop = new AbortController();
  for (const event of ['keydown', 'pointerdown'])
    addEventListener(
      event,
      () => {
        stop.abort();
      },
      { capture: true, signal: stop.signal },
    );
  const look = (): void => {
    if (stop.signal.aborted) return;
    const element = document.querySelector('[role="dialog"]') === null ? find() : null;
    if (element instanceof HTMLElement) {
      element.scrollIntoView({ block: 'nearest' });
      if (element.tabIndex < 0 && !element.hasAttribute('tabindex')) element.tabIndex = -1;
      element.focus({ preventScroll: true });
    } else if (performance.now() - since < LONGEST_WAIT_MS) {
      requestAnimationFrame(look);
      return;
    }
    stop.abort();
  };
  // After a closing dialog has returned the focus.
  requestAnimationFrame(() => requestAnimationFrame(look));
}
