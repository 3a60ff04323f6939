import type { KeyboardEvent } from 'react';
import { useAppStore } from '../../store/use-app.ts';
import { neighbour } from '../../view/connection-rows.ts';
import { isMac } from '../shell/use-key-place.ts';

/** How many rows PageUp and PageDown move. */
const PAGE = 8;

const STEPS: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: PAGE,
  PageUp: -PAGE,
  Home: -Infinity,
  End: Infinity,
};

/** Moving and selecting in the list with the keyboard. `openMenu` opens the menu of the focused row. */
export function useListKeys(openMenu: () => void): (event: KeyboardEvent) => void {
  const store = useAppStore();

  /** False if the list does not use the key. */
  function handleKey(event: KeyboardEvent): boolean {
    const state = store.getState();
    const { rows, selectedId } = state;
    const ctrl = isMac() ? event.metaKey : event.ctrlKey;
    if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
      openMenu();
      return true;
    }
    if (event.altKey || (isMac() ? event.ctrlKey : event.metaKey)) return false;
    if (ctrl) {
      if (event.shiftKey || event.key.toLowerCase() !== 'a') return false;
      state.pickAll();
      return true;
    }
    const step = STEPS[event.key];
    if (step !== undefined) {
      const next = neighbour(rows, selectedId, step);
      if (next !== null) state.pick(next, event.shiftKey ? 'range' : 'one');
      return true;
    }
    if (selectedId === null || event.shiftKey) return false;
    switch (event.key) {
      case 'Enter':
        state.openDetail(selectedId);
        requestAnimationFrame(() => document.getElementById('detail-title')?.focus());
        return true;
      case ' ':
        state.openDetail(selectedId);
        return true;
      case 'Escape':
        if (state.picked.size === 0) return false;
        state.pick(selectedId, 'one');
        return true;
      default:
        return false;
    }
  }

  return (event) => {
    if (handleKey(event)) event.preventDefault();
  };
}
