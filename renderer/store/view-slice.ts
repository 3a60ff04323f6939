import type { StateCreator } from 'zustand';
import type { StorePorts } from './ports.ts';
import type { AppState, Notice, ViewSlice } from './state.ts';

/** How long a notice of success stays. Failures stay until they are dismissed. */
const NOTICE_MS = 8_000;

export const createViewSlice =
  ({ after, clipboard }: StorePorts): StateCreator<AppState, [], [], ViewSlice> =>
  (set, get) => {
    let count = 0;
    let cancelTimer = (): void => undefined;

    function show(notice: Omit<Notice, 'id'>): void {
      const id = ++count;
      cancelTimer();
      set({ notice: { ...notice, id } });
      if (notice.tone === 'info') {
        cancelTimer = after(NOTICE_MS, () => {
          if (get().notice?.id === id) set({ notice: null });
        });
      }
    }

    return {
      section: 'connections',
      dialog: null,
      notice: null,
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
        if (dialog === null || settings.firstRunDone || connections.size === 0) return;
        if (status?.host === 'electron' && dialog.kind !== 'find-again')
          set({ dialog: { kind: 'find-again' } });
        else void changeSettings({ firstRunDone: true });
      },
      dismissDialog: () => {
        const { dialog, signIns, cancelSignIn, closeDialog } = get();
        const signIn =
          dialog?.kind === 'connect' && dialog.signIn !== null ? signIns.get(dialog.signIn) : undefined;
        closeDialog();
        if (signIn?.stage.stage === 'enter-secret') void cancelSignIn(signIn.id);
      },
      notify: (text) => {
        show({ tone: 'info', text, hint: null });
      },
      notifyFailure: ({ message, hint }) => {
        show({ tone: 'error', text: message, hint: hint ?? null });
      },
      dismissNotice: () => {
        cancelTimer();
        set({ notice: null });
      },
      announce: (announcement) => {
        set({ announcement });
      },
      copyText: async (text, done) => {
        if (await clipboard.write(text)) show({ tone: 'info', text: done, hint: null });
        else {
          show({
            tone: 'error',
            text: 'Your browser did not let this page copy.',
            hint: 'Select the text and copy it with the keyboard.',
          });
        }
      },
    };
  };
