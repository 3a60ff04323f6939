import type { StateCreator } from 'zustand';
import type { StorePorts } from './ports.ts';
import type { AppState, LockSlice } from './state.ts';

/** The lock of the app, and programs that run after events. */
export const createLockSlice =
  ({ api }: StorePorts): StateCreator<AppState, [], [], LockSlice> =>
  (set, get) => ({
    setLocked: async (locked) => {
      const reply = await api.call(locked ? 'app.lock' : 'app.unlock', {});
      if (reply.ok) set({ status: reply.value });
      else get().notifyFailure(reply.error);
    },
    hooks: null,
    loadHooks: async () => {
      const reply = await api.call('hooks.list', {});
      if (reply.ok) set({ hooks: reply.value.hooks });
      else get().notifyFailure(reply.error);
    },
    hookStep: async (step, hook) => {
      const reply = await api.call(`hooks.${step}`, { hook });
      if (!reply.ok) get().notifyFailure(reply.error);
      await get().loadHooks();
    },
  });
