import type { StateCreator } from 'zustand';
import { safeAddress } from '../view/safe-address.ts';
import { applyEvent } from './apply-event.ts';
import type { StorePorts } from './ports.ts';
import type { AppState, SettingsSlice } from './state.ts';

export const createSettingsSlice =
  ({ api, openTab, now }: StorePorts): StateCreator<AppState, [], [], SettingsSlice> =>
  (set, get) => ({
    // Defaults until the first snapshot brings the saved settings.
    settings: {
      theme: 'system',
      clipboardClearSeconds: 30,
      revealSeconds: 30,
      refreshingPaused: false,
      notifications: true,
      firstRunDone: false,
      gatewayPort: 7980,
      mcpPort: 7981,
      mcpSignIn: false,
      mcpForeignTokens: false,
      lockWithScreen: false,
      lockAfterIdleMinutes: 0,
      refreshWhileLocked: false,
      connectionSort: 'name',
      connectionGroup: 'account',
      exampleLanguage: 'shell',
    },
    setStartsAtLogin: async (on) => {
      const reply = await api.call('app.start-at-login', { on });
      if (reply.ok) set({ status: reply.value });
      else get().notifyFailure(reply.error);
    },
    sandboxOpening: false,
    openSandbox: async () => {
      if (get().sandboxOpening) return;
      // Browsers allow opening a tab only during the click, before the address is known.
      const tab = get().status?.host === 'browser' ? openTab() : null;
      set({ sandboxOpening: true });
      const reply = await api.call('app.open-sandbox', {});
      set({ sandboxOpening: false });
      const address = reply.ok && reply.value.url !== null ? safeAddress(reply.value.url) : undefined;
      if (address === undefined) tab?.close();
      else tab?.go(address);
      if (!reply.ok) get().notifyFailure(reply.error);
      else if (address !== undefined && tab === null) {
        get().notifyFailure({
          code: 'forbidden',
          message: 'Your browser did not let this page open a tab.',
          hint: 'Allow pop-ups for this page, or run this in a terminal: tokentray serve --sandbox',
        });
      } else get().notify('The sandbox opens in a separate window.');
    },
    backUp: (request) => api.call('backup.create', request),
    checkBackup: (request) => api.call('backup.check', request),
    restoreBackup: (request) => api.call('backup.restore', request),
    replaceKey: async () => {
      const reply = await api.call('key.rotate', {});
      if (!reply.ok) get().notifyFailure(reply.error);
      else get().notify('All secrets are encrypted with a new key.');
    },
    updates: null,
    update: async (step) => {
      const reply = await api.call(`updates.${step}`, {});
      if (reply.ok) set({ updates: reply.value });
      else get().notifyFailure(reply.error);
    },
    networkOf: (connection) => api.call('network.get', { ...(connection !== null && { connection }) }),
    changeNetwork: (connection, change) =>
      api.call('network.set', { ...(connection !== null && { connection }), change }),
    changeSettings: async (patch) => {
      const reply = await api.call('settings.set', patch);
      if (reply.ok) set((state) => applyEvent(state, { type: 'settings', settings: reply.value }, now()));
      else get().notifyFailure(reply.error);
    },
  });
