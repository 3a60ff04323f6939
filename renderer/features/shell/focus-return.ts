import { leadRow } from './places.ts';

/** Where the focus goes when a dialog closes: to the element that opened it, or to the list if that is gone. */
export function focusReturn(opener: EventTarget | null = document.activeElement): () => HTMLElement | null {
  return () => {
    if (opener instanceof HTMLElement && opener !== document.body && opener.isConnected) return opener;
    return leadRow() ?? document.querySelector<HTMLElement>('main button, nav [aria-current]');
  };
}
