import { useEffect } from 'react';
import type { AppStore } from '../../store/app-store.ts';
import type { AppState } from '../../store/state.ts';
import { useAppStore } from '../../store/use-app.ts';
import { commandOf, type Command } from '../../view/shortcuts.ts';
import { SECTIONS } from './navigation.tsx';
import { isMac } from './use-key-place.ts';

const FIELDS = 'input, textarea, select, [contenteditable]';

function searchField(): HTMLInputElement | null {
  return document.querySelector<HTMLInputElement>('main input[type="search"]');
}

/** Shows the part of the window with this number: the list, the detail, then the other sections. */
function showPart(number: number, state: AppState): void {
  if (number > 2) {
    state.show(SECTIONS[number - 2]?.id ?? state.section);
    return;
  }
  state.show('connections');
  if (number === 2 && state.selectedId !== null) state.openDetail(state.selectedId);
  requestAnimationFrame(() => {
    const part = number === 2 ? '#detail-title' : '[role="listbox"] [tabindex="0"]';
    document.querySelector<HTMLElement>(part)?.focus();
  });
}

/** False if the command does not apply at the moment; the browser then gets the key. */
function run(command: Command, store: AppStore): boolean {
  const state = store.getState();
  if (typeof command === 'object') {
    showPart(command.section, state);
    return true;
  }
  switch (command) {
    case 'settings':
      state.show('settings');
      return true;
    case 'connect':
      state.openConnect();
      return true;
    case 'hide':
      window.close();
      return true;
    case 'search':
      searchField()?.focus();
      return searchField() !== null;
    case 'held': {
      const first = document.querySelector<HTMLElement>('[aria-labelledby="held-title"] li button');
      first?.focus();
      return first !== null;
    }
    case 'write-exports':
      void state.writeExports();
      return true;
    case 'make-active':
    case 'rename':
    case 'remove':
    case 'copy-token':
    case 'refresh':
    case 'test':
      break;
  }
  const id = state.selectedId;
  if (state.section !== 'connections' || id === null) return false;
  const several = [...state.picked];
  if (several.length > 0) {
    if (command === 'refresh') void state.refreshSeveral(several);
    else if (command === 'remove') state.openDialog({ kind: 'remove-several', connections: several });
    return command === 'refresh' || command === 'remove';
  }
  switch (command) {
    case 'make-active':
      void state.makeActive(id);
      break;
    case 'rename':
    case 'remove':
      state.openDialog({ kind: command, connection: id });
      break;
    case 'copy-token':
      void state.copy(id, 'access_token');
      break;
    case 'refresh':
      void state.refresh(id);
      break;
    case 'test':
      void state.test(id);
      break;
  }
  return true;
}

/** The window's shortcuts, wherever the focus is except in a dialog. */
export function useShortcuts(): void {
  const store = useAppStore();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const state = store.getState();
      if (event.defaultPrevented || state.dialog !== null || !state.loaded) return;
      const target = event.target instanceof Element ? event.target : null;
      if (target?.closest('[role="menu"]')) return;
      const command = commandOf(event, {
        host: state.status?.host ?? 'browser',
        mac: isMac(),
        inField: target !== null && target.closest(FIELDS) !== null,
      });
      if (command !== null && run(command, store)) event.preventDefault();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => {
      document.removeEventListener('keydown', onKeyDown);
    };
  }, [store]);
}
