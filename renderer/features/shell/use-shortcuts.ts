import { useEffect } from 'react';
import { SECTIONS } from '../../../contract/sections.ts';
import type { AppStore } from '../../store/app-store.ts';
import type { AppState } from '../../store/state.ts';
import { useAppStore } from '../../store/use-app.ts';
import { commandOf, type Command } from '../../view/shortcuts.ts';
import { focusLater } from './focus-later.ts';
import { leadRow } from './places.ts';
import { isMac } from './use-key-place.ts';

const FIELDS = 'input, textarea, select, [contenteditable]';

function searchField(): HTMLInputElement | null {
  return document.querySelector<HTMLInputElement>('main input[type="search"]');
}

/** Shows the section with this number in the sidebar. */
function showSection(number: number, state: AppState): void {
  const section = SECTIONS[number - 1];
  if (section === undefined) return;
  state.show(section.id);
  if (section.id === 'connections') focusLater(leadRow);
}

/** Moves the focus there, if it is there. */
function focusOn(selector: string): boolean {
  const element = document.querySelector<HTMLElement>(selector);
  element?.focus();
  return element !== null;
}

/** False if the command does not apply at the moment; the browser then gets the key. */
function run(command: Command, store: AppStore): boolean {
  const state = store.getState();
  if (typeof command === 'object') {
    showSection(command.section, state);
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
    case 'held':
      return focusOn('[aria-labelledby="held-title"] li button');
    case 'notice':
      return focusOn('#notices > :last-child button');
    case 'palette':
      state.openDialog({ kind: 'palette', of: null });
      return true;
    case 'keys':
      state.openDialog({ kind: 'keys' });
      return true;
    case 'undo':
      if (state.undos.length === 0) return false;
      void state.undo();
      return true;
    case 'back':
      history.back();
      return true;
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
