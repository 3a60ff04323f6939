import type { StateCreator } from 'zustand';
import type { StorePorts } from './ports.ts';
import type { AppState, Notice, NoticeSlice } from './state.ts';

/** How long a notice of success stays. Failures stay until they are dismissed. */
const NOTICE_MS = 8_000;
/** As long as the core keeps what can be put back. */
const UNDO_MS = 30_000;
/** One that somebody pointed at stays at least this long afterwards. */
const AFTER_HOLD_MS = 2_000;

export const createNoticeSlice =
  ({ after, now, clipboard }: StorePorts): StateCreator<AppState, [], [], NoticeSlice> =>
  (set, get) => {
    let count = 0;
    let held = false;
    /** When each notice goes, epoch ms, and what keeps it from going. */
    const going = new Map<number, { at: number; cancel: () => void }>();

    function dismiss(id: number): void {
      going.get(id)?.cancel();
      going.delete(id);
      set(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }));
    }

    /** The person is done with it. What is gone says nothing of a pointer or a focus that leaves it. */
    function close(id: number): void {
      dismiss(id);
      if (get().notices.length === 0) held = false;
    }

    function goAt(id: number, at: number): void {
      const cancel = held
        ? (): void => undefined
        : after(Math.max(0, at - now()), () => {
            dismiss(id);
          });
      going.set(id, { at, cancel });
    }

    /** Takes the place of the one of its kind. */
    function show(notice: Omit<Notice, 'id'>, stayMs: number | null = NOTICE_MS): void {
      const id = ++count;
      for (const other of get().notices) if (other.kind === notice.kind) dismiss(other.id);
      set(({ notices }) => ({ notices: [...notices, { ...notice, id }] }));
      if (stayMs !== null) goAt(id, now() + stayMs);
    }

    return {
      notices: [],
      undos: [],
      notify: (text) => {
        show({ kind: 'info', text, hint: null, undo: null });
      },
      notifyFailure: ({ message, hint }) => {
        show({ kind: 'error', text: message, hint: hint ?? null, undo: null }, null);
      },
      notifyDone: (text, undo) => {
        const id = ++count;
        set(({ undos }) => ({ undos: [...undos, { id, text, run: undo }] }));
        after(UNDO_MS, () => {
          set(({ undos }) => ({ undos: undos.filter((other) => other.id !== id) }));
        });
        show({ kind: 'undo', text, hint: null, undo: id }, UNDO_MS);
      },
      undo: async () => {
        const last = get().undos.at(-1);
        if (last === undefined) return;
        set(({ undos }) => ({ undos: undos.filter((other) => other !== last) }));
        for (const notice of get().notices) if (notice.undo === last.id) close(notice.id);
        await last.run();
      },
      dismissNotice: close,
      holdNotices: (hold) => {
        if (hold === held) return;
        held = hold;
        for (const [id, { at, cancel }] of [...going]) {
          cancel();
          goAt(id, hold ? at : Math.max(at, now() + AFTER_HOLD_MS));
        }
      },
      copyText: async (text, done, quiet = false) => {
        const copied = await clipboard.write(text);
        if (copied && quiet) get().announce(done);
        else if (copied) get().notify(done);
        else
          get().notifyFailure({
            code: 'refused',
            message: 'Your browser did not let this page copy.',
            hint: 'Select the text and copy it with the keyboard.',
          });
        return copied;
      },
    };
  };
