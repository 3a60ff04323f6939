import type { StateCreator } from 'zustand';
import type { CoreEvent } from '../../contract/events.ts';
import { applyEvent, applySnapshot } from './apply-event.ts';
import type { StorePorts } from './ports.ts';
import type { AppState, LinkSlice } from './state.ts';

export const createLinkSlice =
  ({ api, now }: StorePorts): StateCreator<AppState, [], [], LinkSlice> =>
  (set, get) => ({
    link: 'connecting',
    loaded: false,
    loadError: null,
    status: null,

    start() {
      /** Events that arrive while a snapshot is loading: they may be newer than the snapshot. */
      let held: CoreEvent[] | null = null;
      let loads = 0;

      const apply = (event: CoreEvent): void => {
        const before = get().status;
        set((state) => applyEvent(state, event, now()));
        // The next refresh time of every connection changes with it, without an event for each.
        if (event.type === 'status' && event.status.keychain.state !== before?.keychain.state) void load();
      };

      const load = async (): Promise<void> => {
        const mine = ++loads;
        held = [];
        const reply = await api.call('snapshot', {});
        if (mine !== loads) return;
        const missed = held;
        held = null;
        if (reply.ok) set((state) => applySnapshot(state, reply.value));
        else set({ loadError: reply.error });
        missed.forEach(apply);
      };

      const stop = api.subscribe(
        (event) => {
          if (held === null) apply(event);
          else held.push(event);
        },
        (link) => {
          set((state) => ({
            link,
            ...(link === 'down' &&
              state.link === 'live' && { announcement: 'Tokentray isn’t running. Trying to reconnect.' }),
            ...(link === 'live' && state.loaded && { announcement: 'Tokentray is back.' }),
          }));
          if (link === 'live') void load();
        },
      );
      return () => {
        loads++;
        stop();
      };
    },

    diagnose: () => api.call('doctor', {}),

    removeDamaged: async ({ kind, id }) => {
      const reply =
        kind === 'connection'
          ? await api.call('connections.remove', { connection: id, revoke: false })
          : kind === 'client'
            ? await api.call('clients.remove', { client: id })
            : await api.call('exports.remove', { export: id, keepFile: true });
      return reply.ok ? null : reply.error;
    },
  });
