const GAP = 4;

/** Places the popup below `at`, or above it if there is no room; always inside the window. */
export function placeBelow(popup: HTMLElement, at: Pick<DOMRect, 'left' | 'top' | 'bottom'>): void {
  const { offsetWidth, offsetHeight } = popup;
  const below = at.bottom + GAP;
  const top = below + offsetHeight <= innerHeight ? below : at.top - GAP - offsetHeight;
  popup.style.left = `${Math.max(GAP, Math.min(at.left, innerWidth - offsetWidth - GAP))}px`;
  popup.style.top = `${Math.max(GAP, top)}px`;
}
