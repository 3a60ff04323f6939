import type { StateCreator } from 'zustand';
import type { ActivityEntry, ActivityLevel } from '../../contract/activity.ts';
import type { CallInput } from '../../contract/calls.ts';
import { levelsFrom } from '../view/activity-filter.ts';
import type { StorePorts } from './ports.ts';
import type { ActivityFilter, ActivitySlice, AppState } from './state.ts';

const PAGE = 100;
/** The most entries that the core returns at once. */
const LARGEST_PAGE = 1000;

type Query = Omit<CallInput<'activity.list'>, 'limit' | 'before'>;

function queryOf({ connection, level, text }: ActivityFilter): Query {
  const levels: ActivityLevel[] = levelsFrom(level);
  return {
    ...(connection !== null && { connection }),
    ...(levels.length < 3 && { levels }),
    ...(text !== '' && { text }),
  };
}

export const createActivitySlice =
  ({ api, saveText, now }: StorePorts): StateCreator<AppState, [], [], ActivitySlice> =>
  (set, get) => {
    /** Null if it failed; the failure has been shown then. */
    async function page(
      query: Query,
      limit: number,
      before: number | undefined,
    ): Promise<ActivityEntry[] | null> {
      const reply = await api.call('activity.list', {
        ...query,
        limit,
        ...(before !== undefined && { before }),
      });
      if (reply.ok) return reply.value.entries;
      // The banner already explains this failure.
      if (reply.error.code !== 'not-reachable') get().notifyFailure(reply.error);
      return null;
    }

    async function load(): Promise<void> {
      const filter = get().activityFilter;
      const entries = await page(queryOf(filter), PAGE, undefined);
      // The filter has changed since, so this answer is out of date.
      if (entries === null || get().activityFilter !== filter) return;
      set({ activity: entries, activityAtEnd: entries.length < PAGE });
    }

    return {
      activity: null,
      activityAtEnd: false,
      activityFilter: { connection: null, level: 'info', text: '' },
      loadActivity: load,
      loadOlderActivity: async () => {
        const { activity, activityFilter } = get();
        const older = await page(queryOf(activityFilter), PAGE, activity?.at(-1)?.id);
        if (older === null || get().activityFilter !== activityFilter) return;
        set((state) => ({
          activity: [...(state.activity ?? []), ...older],
          activityAtEnd: older.length < PAGE,
        }));
      },
      setActivityFilter: (patch) => {
        set(({ activityFilter }) => ({ activityFilter: { ...activityFilter, ...patch } }));
        void load();
      },
      saveActivity: async () => {
        const query = queryOf(get().activityFilter);
        const lines: string[] = [];
        let before: number | undefined;
        for (;;) {
          const entries = await page(query, LARGEST_PAGE, before);
          if (entries === null) return;
          lines.push(...entries.map((entry) => `${JSON.stringify(entry)}\n`));
          before = entries.at(-1)?.id;
          if (entries.length < LARGEST_PAGE) break;
        }
        const day = new Date(now()).toISOString().slice(0, 10);
        saveText(`tokentray-activity-${day}.jsonl`, lines.join(''));
        get().notify(lines.length === 1 ? '1 entry saved.' : `${lines.length} entries saved.`);
      },

      history: null,
      loadHistory: async (connection) => {
        const entries = await page({ connection }, PAGE, undefined);
        // Another connection may have been selected since.
        if (entries === null || get().selectedId !== connection) return;
        set({ history: { connection, entries, atEnd: entries.length < PAGE } });
      },
      loadOlderHistory: async () => {
        const { history } = get();
        if (history === null) return;
        const older = await page({ connection: history.connection }, PAGE, history.entries.at(-1)?.id);
        if (older === null) return;
        set((state) =>
          state.history?.connection === history.connection
            ? {
                history: {
                  ...state.history,
                  entries: [...state.history.entries, ...older],
                  atEnd: older.length < PAGE,
                },
              }
            : {},
        );
      },
    };
  };
