import type { StateCreator } from 'zustand';
import type { CallInput } from '../../contract/calls.ts';
import type { Failure } from '../../contract/errors.ts';
import type { SignInView } from '../../contract/sign-in.ts';
import type { Reply } from '../api/api-client.ts';
import { safeAddress } from '../view/safe-address.ts';
import { applyEvent } from './apply-event.ts';
import type { StorePorts } from './ports.ts';
import type { AppState, DialogState, SignInSlice } from './state.ts';

type ConnectDialog = Extract<DialogState, { kind: 'connect' }>;

const FRESH: ConnectDialog = { kind: 'connect', reconnect: null, signIn: null, starting: false, error: null };

export const createSignInSlice =
  ({ api, openTab, now }: StorePorts): StateCreator<AppState, [], [], SignInSlice> =>
  (set, get) => {
    function accept(signIn: SignInView): void {
      set((state) => applyEvent(state, { type: 'sign-in', signIn }, now()));
    }

    function settle(reply: Reply<SignInView>): Failure | null {
      if (reply.ok) accept(reply.value);
      return reply.ok ? null : reply.error;
    }

    function patchDialog(patch: Partial<ConnectDialog>): void {
      set(({ dialog }) => (dialog?.kind === 'connect' ? { dialog: { ...dialog, ...patch } } : {}));
    }

    async function start(request: Omit<CallInput<'sign-in.start'>, 'open'>): Promise<void> {
      // A browser opens a tab only within the click, before the address is known; the desktop app has the core open it.
      const inBrowser = get().status?.host !== 'electron';
      const tab = inBrowser ? openTab() : null;
      patchDialog({ starting: true, error: null });
      const reply = await api.call('sign-in.start', { ...request, open: !inBrowser });
      if (!reply.ok) {
        tab?.close();
        patchDialog({ starting: false, error: reply.error });
        return;
      }
      const { id, stage } = reply.value;
      const address = stage.stage === 'waiting' ? safeAddress(stage.authorizeUrl) : undefined;
      if (address === undefined) tab?.close();
      else tab?.go(address);
      if (get().dialog?.kind !== 'connect') {
        // Closed while it was starting.
        await api.call('sign-in.cancel', { signIn: id });
        return;
      }
      patchDialog({ starting: false, signIn: id });
      accept(reply.value);
    }

    return {
      signIns: new Map(),
      openConnect: () => {
        set({ dialog: FRESH });
      },
      reconnect: (id) => {
        set({ dialog: { ...FRESH, reconnect: id } });
        return start({ reconnect: id });
      },
      startSignIn: start,
      resumeSignIn: (signIn) => {
        set((state) => ({
          dialog: { ...FRESH, signIn, reconnect: state.signIns.get(signIn)?.reconnects ?? null },
        }));
      },
      completeSignIn: async (signIn, callbackUrl) =>
        settle(await api.call('sign-in.complete', { signIn, callbackUrl })),
      chooseSite: async (signIn, site) => settle(await api.call('sign-in.choose-site', { signIn, site })),
      acceptAccount: async (signIn) => settle(await api.call('sign-in.accept-account', { signIn })),
      cancelSignIn: async (signIn) => {
        settle(await api.call('sign-in.cancel', { signIn }));
      },
    };
  };
