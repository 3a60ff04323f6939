import type { StateCreator } from 'zustand';
import type { ImportResult } from '../../contract/import.ts';
import { applyEvent } from './apply-event.ts';
import type { StorePorts } from './ports.ts';
import type { AppState, ImportSlice } from './state.ts';

export const createImportSlice =
  ({ api, now }: StorePorts): StateCreator<AppState, [], [], ImportSlice> =>
  (set) => ({
    findImports: (request) => api.call('import.find', request),
    takeImports: async (plainly, over) => {
      const results: ImportResult[] = [];
      for (const { ids, takeOver } of [
        { ids: plainly, takeOver: false },
        { ids: over, takeOver: true },
      ]) {
        if (ids.length === 0) continue;
        const reply = await api.call('import.take', { ids: [...ids], takeOver });
        if (!reply.ok) return reply;
        results.push(...reply.value.results);
      }
      for (const { connection } of results)
        if (connection !== null) set((state) => applyEvent(state, { type: 'connection', connection }, now()));
      return { ok: true, value: results };
    },
  });
