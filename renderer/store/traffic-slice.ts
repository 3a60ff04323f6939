import type { StateCreator } from 'zustand';
import type { TrafficEntry } from '../../contract/gateway.ts';
import { matchesTrafficFilter, mergeTraffic } from '../view/traffic-list.ts';
import type { TrafficSlice } from './gateway-state.ts';
import type { StorePorts } from './ports.ts';
import type { AppState } from './state.ts';

const PAGE = 200;
const DAY_MS = 86_400_000;
/** As far back as the core keeps it. */
const USAGE_DAYS = 31;

export const createTrafficSlice =
  ({ api, saveText, now }: StorePorts): StateCreator<AppState, [], [], TrafficSlice> =>
  (set, get) => {
    let loads = 0;

    /** Null if it failed, or if what it was asked for is wanted no longer. */
    async function page(before: number | undefined): Promise<TrafficEntry[] | null> {
      const mine = loads;
      const { consumer, connection } = get().trafficFilter;
      const reply = await api.call('gateway.traffic', {
        limit: PAGE,
        ...(before !== undefined && { before }),
        ...(consumer !== null && { consumer }),
        ...(connection !== null && { connection }),
      });
      if (mine !== loads) return null;
      if (reply.ok) return reply.value.entries;
      // The banner already explains this failure.
      if (reply.error.code !== 'not-reachable') get().notifyFailure(reply.error);
      set({ trafficLoading: false });
      return null;
    }

    async function load(): Promise<void> {
      loads++;
      // What comes while the answer is on its way is kept, and put together with it.
      set({ traffic: [], trafficLoading: true, trafficAtEnd: false, trafficMissed: null });
      const entries = await page(undefined);
      if (entries === null) return;
      set(({ traffic }) => ({
        traffic: mergeTraffic(traffic ?? [], entries),
        trafficLoading: false,
        trafficAtEnd: entries.length < PAGE,
      }));
    }

    return {
      traffic: null,
      trafficLoading: false,
      trafficAtEnd: false,
      trafficFilter: { consumer: null, connection: null },
      trafficMissed: null,
      loadTraffic: load,
      loadOlderTraffic: async () => {
        const older = await page(get().traffic?.at(-1)?.id);
        if (older === null) return;
        set(({ traffic }) => ({
          traffic: mergeTraffic(traffic ?? [], older),
          trafficAtEnd: older.length < PAGE,
        }));
      },
      leaveTraffic: () => {
        loads++;
        set({ traffic: null, trafficLoading: false, trafficMissed: null });
      },
      setTrafficFilter: (patch) => {
        set(({ trafficFilter }) => ({ trafficFilter: { ...trafficFilter, ...patch } }));
        void load();
      },
      pauseTraffic: (paused) => {
        const { trafficMissed } = get();
        if (paused) set({ trafficMissed: trafficMissed ?? 0 });
        // Loaded again: what came meanwhile was not kept.
        else if (trafficMissed !== null && trafficMissed > 0) void load();
        else set({ trafficMissed: null });
      },
      saveTraffic: (extension, write) => {
        const { traffic, trafficFilter, notify } = get();
        const entries = (traffic ?? []).filter((entry) => matchesTrafficFilter(trafficFilter, entry));
        const name = `tokentray-requests-${new Date(now()).toISOString().slice(0, 10)}`;
        saveText(`${name}.${extension}`, write(entries));
        notify(entries.length === 1 ? '1 request saved.' : `${entries.length} requests saved.`);
      },

      usage: null,
      loadUsage: async () => {
        const since = new Date(now() - USAGE_DAYS * DAY_MS).toISOString();
        const reply = await api.call('gateway.usage', { since });
        if (reply.ok) set({ usage: reply.value.usage });
        else if (reply.error.code !== 'not-reachable') get().notifyFailure(reply.error);
      },
    };
  };
