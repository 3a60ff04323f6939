/** Where the focus goes when a dialog closes: to the element that opened it, or to the list if that is gone. */
export function focusReturn(): () => HTMLElement | null {
  const opener = document.activeElement;
  return () => {
    if (opener instanceof HTMLElement && opener !== document.body && opener.isConnected) return opener;
    return (
      document.querySelector<HTMLElement>('[role="listbox"] [tabindex="0"]') ??
      document.querySelector<HTMLElement>('main button, nav [aria-current]')
    );
  };
}
