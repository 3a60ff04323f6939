import { useLayoutEffect, useRef, type FocusEvent } from 'react';

/** When a focused button of the detail disappears, the focus moves to the connection's name. For `onFocus` around them. */
export function useKeptFocus(): (event: FocusEvent) => void {
  const focused = useRef<Element | null>(null);
  useLayoutEffect(() => {
    const left = focused.current;
    if (left === null || left.isConnected) return;
    focused.current = null;
    if (document.activeElement === document.body) document.getElementById('detail-title')?.focus();
  });
  return (event) => {
    focused.current = event.target;
  };
}
