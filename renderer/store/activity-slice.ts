import type { StateCreator } from 'zustand';
import type { StorePorts } from './ports.ts';
import type { ActivitySlice, AppState } from './state.ts';

const PAGE = 100;

export const createActivitySlice =
  ({ api }: StorePorts): StateCreator<AppState, [], [], ActivitySlice> =>
  (set, get) => ({
    activity: null,
    activityAtEnd: false,
    loadActivity: async () => {
      const reply = await api.call('activity.list', { limit: PAGE });
      if (!reply.ok) {
        get().notifyFailure(reply.error);
        return;
      }
      set({ activity: reply.value.entries, activityAtEnd: reply.value.entries.length < PAGE });
    },
    loadOlderActivity: async () => {
      const before = get().activity?.at(-1)?.id;
      if (before === undefined) return;
      const reply = await api.call('activity.list', { limit: PAGE, before });
      if (!reply.ok) {
        get().notifyFailure(reply.error);
        return;
      }
      const older = reply.value.entries;
      set(({ activity }) => ({
        activity: [...(activity ?? []), ...older],
        activityAtEnd: older.length < PAGE,
      }));
    },
  });
