import type { StateCreator } from 'zustand';
import type { DialogState } from './dialog-state.ts';
import type { AppState, ViewSlice } from './state.ts';

/** Dialogs that only help to find something: closing one says nothing about the first run. */
const PASSING: readonly DialogState['kind'][] = ['palette', 'keys'];

export const createViewSlice: StateCreator<AppState, [], [], ViewSlice> = (set, get) => ({
  section: 'connections',
  dialog: null,
  announcement: '',
  show: (section) => {
    set({ section });
  },
  openDialog: (dialog) => {
    set({ dialog });
  },
  closeDialog: () => {
    const { dialog, settings, connections, status, changeSettings } = get();
    set({ dialog: null });
    if (dialog === null || PASSING.includes(dialog.kind)) return;
    if (settings.firstRunDone || connections.size === 0) return;
    if (status?.host === 'electron' && dialog.kind !== 'find-again') set({ dialog: { kind: 'find-again' } });
    else void changeSettings({ firstRunDone: true });
  },
  dismissDialog: () => {
    const { dialog, signIns, cancelSignIn, closeDialog } = get();
    if (dialog?.kind === 'palette' && dialog.of !== null) {
      set({ dialog: { kind: 'palette', of: null } });
      return;
    }
    const signIn =
      dialog?.kind === 'connect' && dialog.signIn !== null ? signIns.get(dialog.signIn) : undefined;
    closeDialog();
    if (signIn?.stage.stage === 'enter-secret') void cancelSignIn(signIn.id);
  },
  announce: (announcement) => {
    set({ announcement });
  },
});
