import { useEffect } from 'react';
import type { AppStore } from '../../store/app-store.ts';
import { useAppStore } from '../../store/use-app.ts';
import { commandOf, type Command } from '../../view/shortcuts.ts';
import { SECTIONS } from './navigation.tsx';

const FIELDS = 'input, textarea, select, [contenteditable]';

function searchField(): HTMLInputElement | null {
  return document.querySelector<HTMLInputElement>('main input[type="search"]');
}

/** False when the command means nothing at the moment: then the browser may have the key. */
function run(command: Command, store: AppStore): boolean {
  const state = store.getState();
  if (typeof command === 'object') {
    const section = SECTIONS[command.section - 1];
    if (section !== undefined) state.show(section.id);
    return section !== undefined;
  }
  switch (command) {
    case 'settings':
      state.show('settings');
      return true;
    case 'connect':
      state.openConnect();
      return true;
    case 'search':
      searchField()?.focus();
      return searchField() !== null;
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

/** The window's keys, wherever the focus is but in a dialog. */
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
        mac: navigator.userAgent.includes('Mac OS'),
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
