import type { StateCreator } from 'zustand';
import type { StorePorts } from './ports.ts';
import type { AppState, SettingsSlice } from './state.ts';

export const createSettingsSlice =
  ({ api }: StorePorts): StateCreator<AppState, [], [], SettingsSlice> =>
  (set, get) => ({
    // The core's own are in the first snapshot.
    settings: {
      theme: 'system',
      clipboardClearSeconds: 30,
      revealSeconds: 30,
      refreshingPaused: false,
      notifications: true,
      firstRunDone: false,
    },
    setStartsAtLogin: async (on) => {
      const reply = await api.call('app.start-at-login', { on });
      if (reply.ok) set({ status: reply.value });
      else get().notifyFailure(reply.error);
    },
    updates: null,
    update: async (step) => {
      const reply = await api.call(`updates.${step}`, {});
      if (reply.ok) set({ updates: reply.value });
      else get().notifyFailure(reply.error);
    },
    changeSettings: async (patch) => {
      const reply = await api.call('settings.set', patch);
      if (reply.ok) set({ settings: reply.value });
      else get().notifyFailure(reply.error);
    },
  });
