import type { StateCreator } from 'zustand';
import type { ConnectionView } from '../../contract/connection.ts';
import type { ConnectionId } from '../../contract/ids.ts';
import type { Reply } from '../api/api-client.ts';
import { connectionRows, neighbour, shownIds } from '../view/connection-rows.ts';
import { copiedWords, isSecretField } from '../../contract/copied-words.ts';
import { only, pick } from '../view/selection.ts';
import { applyEvent } from './apply-event.ts';
import type { StorePorts } from './ports.ts';
import type { AppState, ConnectionSlice } from './state.ts';

export const createConnectionSlice =
  ({ api, clipboard, now }: StorePorts): StateCreator<AppState, [], [], ConnectionSlice> =>
  (set, get) => {
    /** Marks `<action>:<id>` as pending; a second click in the meantime does nothing. */
    async function once(action: string, id: ConnectionId, work: () => Promise<void>): Promise<void> {
      const key = `${action}:${id}`;
      if (get().pending.has(key)) return;
      set(({ pending }) => ({ pending: new Set(pending).add(key) }));
      try {
        await work();
      } finally {
        set(({ pending }) => ({ pending: new Set([...pending].filter((other) => other !== key)) }));
      }
    }

    /** Shows the result of a call without waiting for its event. */
    function accept(connection: ConnectionView): void {
      set((state) => applyEvent(state, { type: 'connection', connection }, now()));
    }

    /** Shows the result of a call, or its failure. True if it succeeded. */
    function applyReply(reply: Reply<ConnectionView>): boolean {
      if (reply.ok) accept(reply.value);
      else get().notifyFailure(reply.error);
      return reply.ok;
    }

    /** Ends a multiple selection, because some of it may no longer be shown. */
    function applyFilter(change: Partial<Pick<AppState, 'query' | 'filter'>>): void {
      set((state) => ({
        ...change,
        ...only(state.selectedId),
        rows: connectionRows(state.connections.values(), { ...state, ...change }),
      }));
    }

    return {
      connections: new Map(),
      query: '',
      filter: 'all',
      rows: [],
      ...only(null),
      detailOpen: false,
      detailTab: 'overview',
      testResults: new Map(),
      testAnswers: new Map(),
      testedScopes: new Map(),
      pending: new Set(),

      setQuery: (query) => {
        applyFilter({ query });
      },
      setFilter: (filter) => {
        applyFilter({ filter });
      },
      clearFilters: () => {
        applyFilter({ query: '', filter: 'all' });
      },
      pick: (id, mode) => {
        set((state) => pick(shownIds(state.rows), state, id, mode));
      },
      pickAll: () => {
        set(({ rows, selectedId, anchorId }) => {
          const ids = shownIds(rows);
          return ids.length < 2
            ? {}
            : { picked: new Set(ids), selectedId: selectedId ?? ids[0] ?? null, anchorId };
        });
      },
      step: (places) => {
        set(({ rows, selectedId }) => only(neighbour(rows, selectedId, places)));
      },
      openDetail: (id) => {
        set({ ...only(id), detailOpen: true });
      },
      showTab: (detailTab) => {
        set({ detailTab });
      },
      showUse: (id) => {
        set({ ...only(id), section: 'connections', detailOpen: true, detailTab: 'use' });
        get().closeDialog();
      },
      reveal: (id, field) => api.call('credentials.reveal', { connection: id, field }),
      closeDetail: () => {
        set({ detailOpen: false });
      },

      copy: (id, field, apiId) =>
        once('copy', id, async () => {
          const reply = await api.call('credentials.copy', {
            connection: id,
            field,
            ...(apiId !== undefined && { api: apiId }),
          });
          if (!reply.ok) {
            get().notifyFailure(reply.error);
            return;
          }
          const { clearsInSeconds } = reply.value;
          const seconds = isSecretField(field) ? clearsInSeconds : 0;
          // The value goes straight to the clipboard: it is never in the state, the page or a log.
          const { written, clears } = reply.value.copied
            ? { written: true, clears: seconds > 0 }
            : await clipboard.writeSecret(reply.value.value, seconds);
          if (written) {
            const name = get().connections.get(id)?.name ?? null;
            get().notify(copiedWords(field, name, clears ? seconds : 0, isSecretField(field)));
          } else {
            get().notifyFailure({
              code: 'refused',
              message: 'Your browser did not let this page copy.',
              hint: 'Allow the clipboard for this page, then copy again.',
            });
          }
        }),

      test: (id) =>
        once('test', id, async () => {
          const reply = await api.call('connections.test', { connection: id });
          if (!reply.ok) {
            get().notifyFailure(reply.error);
            return;
          }
          const { connection, ok, results, scopes, answer } = reply.value;
          accept(connection);
          set((state) => ({
            testResults: new Map(state.testResults).set(id, results),
            testAnswers: new Map(state.testAnswers).set(id, answer),
            testedScopes: new Map(state.testedScopes).set(id, scopes),
            // These tabs show the results too.
            ...(state.selectedId === id &&
              state.detailTab !== 'scopes' &&
              state.detailTab !== 'use' && { detailTab: 'overview' as const }),
            announcement: ok ? `${connection.name} works` : `${connection.name}: the test found a problem`,
          }));
        }),

      loadUse: (id) => api.call('connections.example', { connection: id }),

      refresh: (id) =>
        once('refresh', id, async () => {
          const reply = await api.call('connections.refresh', { connection: id });
          if (applyReply(reply) && reply.ok && reply.value.status.state === 'connected') {
            get().notify(`Refreshed ${reply.value.name}. Env files that follow it are rewritten.`);
          }
        }),

      refreshSeveral: async (ids) => {
        const replies = await Promise.all(
          ids.map((id) => api.call('connections.refresh', { connection: id })),
        );
        for (const reply of replies) if (reply.ok) accept(reply.value);
        const refused = replies.filter(({ ok }) => !ok).length;
        if (refused === 0) get().notify(`${ids.length} connections refreshed.`);
        else {
          get().notifyFailure({
            code: 'failed',
            message: `${refused} of ${ids.length} connections were not refreshed.`,
            hint: 'See the list for the reasons.',
          });
        }
      },

      makeActive: (id, undoing = false) =>
        once('use', id, async () => {
          // Before the call, since its events may arrive before its answer.
          const same = get().connections.get(id)?.provider;
          const before = [...get().connections.values()].find(
            (other) => other.active && other.provider === same && other.id !== id,
          );
          const reply = await api.call('connections.use', { connection: id });
          if (!applyReply(reply) || !reply.ok) return;
          const { provider, providerName, name } = reply.value;
          // An event updates the one that was active before; until it arrives, two stars would show.
          for (const other of get().connections.values()) {
            if (other.active && other.provider === provider && other.id !== id) {
              accept({ ...other, active: false });
            }
          }
          const done = `${name} is now active for ${providerName}.`;
          if (before === undefined || undoing) get().notify(done);
          else get().notifyDone(done, () => get().makeActive(before.id, true));
        }),

      setPaused: (id, paused) =>
        once('pause', id, async () => {
          applyReply(await api.call('connections.pause', { connection: id, paused }));
        }),

      rename: async (id, name) => {
        const reply = await api.call('connections.rename', { connection: id, name });
        if (reply.ok) accept(reply.value);
        return reply;
      },

      setSite: async (id, site) => {
        const reply = await api.call('connections.set-site', { connection: id, site });
        if (reply.ok) accept(reply.value);
        return reply;
      },
    };
  };
