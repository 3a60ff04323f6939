import type { StateCreator } from 'zustand';
import type { CallInput } from '../../contract/calls.ts';
import type { Failure } from '../../contract/errors.ts';
import type { ConnectionId } from '../../contract/ids.ts';
import type { SignInView } from '../../contract/sign-in.ts';
import type { Reply } from '../api/api-client.ts';
import { wayOf } from '../view/method-words.ts';
import { safeAddress } from '../view/safe-address.ts';
import { applyEvent } from './apply-event.ts';
import type { DialogState, GuideState } from './dialog-state.ts';
import type { BlankTab, StorePorts } from './ports.ts';
import type { AppState, SignInSlice } from './state.ts';

type ConnectDialog = Extract<DialogState, { kind: 'connect' }>;

const FRESH: ConnectDialog = { kind: 'connect', reconnect: null, signIn: null, starting: false, error: null };

export const createSignInSlice =
  ({ api, openTab, now }: StorePorts): StateCreator<AppState, [], [], SignInSlice> =>
  (set, get) => {
    function show(signIn: SignInView): void {
      set((state) => applyEvent(state, { type: 'sign-in', signIn }, now()));
    }

    /** An answer may arrive after events that are newer. What has ended stays so. */
    function accept(signIn: SignInView): void {
      const known = get().signIns.get(signIn.id)?.stage.stage;
      if (known !== 'done' && known !== 'failed') show(signIn);
    }

    function applyReply(reply: Reply<SignInView>): Failure | null {
      if (reply.ok) accept(reply.value);
      return reply.ok ? null : reply.error;
    }

    /** Updates the given dialog and returns the result; null, without any change, if it is no longer the open one. */
    function updateDialog(shown: DialogState | null, patch: Partial<ConnectDialog>): ConnectDialog | null {
      if (shown?.kind !== 'connect' || get().dialog !== shown) return null;
      const dialog = { ...shown, ...patch };
      set({ dialog });
      return dialog;
    }

    /** Whether the sign-in leads to a page of the provider. */
    function opensPage({ reconnect, method, grant }: Omit<CallInput<'sign-in.start'>, 'open'>): boolean {
      const known = reconnect === undefined ? undefined : get().connections.get(reconnect as ConnectionId);
      const way = wayOf({
        method: method ?? known?.method ?? 'oauth2',
        grant: grant ?? known?.grant ?? null,
      });
      return way === 'authorization-code';
    }

    // Browsers allow opening a tab only during the click, before the address is known; in the desktop app the core opens it.
    const inBrowser = (): boolean => get().status?.host !== 'electron';
    const tabFor = (request: Omit<CallInput<'sign-in.start'>, 'open'>): BlankTab | null =>
      inBrowser() && opensPage(request) ? openTab() : null;

    async function start(
      request: Omit<CallInput<'sign-in.start'>, 'open'>,
      tab = tabFor(request),
    ): Promise<void> {
      const shown = updateDialog(get().dialog, { starting: true, error: null });
      const reply = await api.call('sign-in.start', { ...request, open: !inBrowser() });
      if (!reply.ok) {
        tab?.close();
        updateDialog(shown, { starting: false, error: reply.error });
        return;
      }
      const { id, stage } = reply.value;
      const address = stage.stage === 'waiting' ? safeAddress(stage.authorizeUrl) : undefined;
      if (address === undefined) tab?.close();
      else tab?.go(address);
      if (updateDialog(shown, { starting: false, signIn: id }) === null) {
        // The dialog was closed while the sign-in was starting; another may have been opened since.
        await api.call('sign-in.cancel', { signIn: id });
        return;
      }
      // Events may be further than this answer: a service account waits for nobody.
      show(get().signIns.get(id) ?? reply.value);
    }

    return {
      signIns: new Map(),
      openConnect: () => {
        set({ dialog: FRESH });
      },
      reconnect: (id, scopes) => {
        set({ dialog: { ...FRESH, reconnect: id } });
        return start({ reconnect: id, ...(scopes !== undefined && { scopes: [...scopes] }) });
      },
      startSignIn: (request) => start(request),
      setUpAndSignIn: async (save, request) => {
        const before = get().dialog;
        const tab = tabFor(request);
        const saved = await get().saveClient(save);
        if (!saved.ok || get().dialog !== before) {
          tab?.close();
          return saved.ok ? null : saved.error;
        }
        const { id, provider } = saved.value;
        const guide: GuideState = {
          client: id,
          use: request.grant === 'client-credentials' ? 'service-account' : 'people',
          fault: null,
          scopes: request.scopes ?? null,
        };
        const reconnect = (request.reconnect as ConnectionId | undefined) ?? null;
        set({ dialog: { ...FRESH, provider, reconnect, guide, starting: true } });
        await start({ ...request, client: id }, tab);
        return null;
      },
      backToGuide: async (id, fault) => {
        const signIn = get().signIns.get(id);
        const before = get().dialog;
        const client = signIn?.client ?? null;
        if (signIn === undefined || client === null || before?.kind !== 'connect') return;
        const use = before.guide?.use ?? 'people';
        set({
          dialog: {
            ...FRESH,
            provider: signIn.provider,
            reconnect: signIn.reconnects,
            guide: { client, use, fault, scopes: signIn.scopes ?? null },
          },
        });
        await api.call('sign-in.cancel', { signIn: id });
      },
      resumeSignIn: (signIn) => {
        set((state) => ({
          dialog: { ...FRESH, signIn, reconnect: state.signIns.get(signIn)?.reconnects ?? null },
        }));
      },
      completeSignIn: async (signIn, callbackUrl) =>
        applyReply(await api.call('sign-in.complete', { signIn, callbackUrl })),
      answerSignIn: async (signIn, values) =>
        applyReply(await api.call('sign-in.answer', { signIn, values })),
      chooseSite: async (signIn, site) => applyReply(await api.call('sign-in.choose-site', { signIn, site })),
      acceptAccount: async (signIn) => applyReply(await api.call('sign-in.accept-account', { signIn })),
      cancelSignIn: async (signIn) => {
        applyReply(await api.call('sign-in.cancel', { signIn }));
      },
    };
  };
