import type { StateCreator } from 'zustand';
import type { StorePorts } from './ports.ts';
import type { AppState, UsesSlice } from './state.ts';

export const createUsesSlice =
  ({ api }: StorePorts): StateCreator<AppState, [], [], UsesSlice> =>
  (set, get) => ({
    uses: null,
    loadUses: async (connection) => {
      const reply = await api.call('connections.uses', { connection });
      // Another connection may have been selected since.
      if (reply.ok && get().selectedId === connection) set({ uses: { connection, list: reply.value.uses } });
    },
  });
