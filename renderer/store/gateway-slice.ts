import type { StateCreator } from 'zustand';
import type { ConsumerView, GatewayView } from '../../contract/gateway.ts';
import type { Reply } from '../api/api-client.ts';
import { keyCopiedWords } from '../../contract/copied-words.ts';
import { applyEvent } from './apply-event.ts';
import type { GatewaySlice } from './gateway-state.ts';
import type { StorePorts } from './ports.ts';
import type { AppState } from './state.ts';

/** As long as nothing is known of it. */
export const NO_GATEWAY: GatewayView = {
  gateway: { url: null, fault: null },
  mcp: { url: null, fault: null },
  consumers: [],
  held: [],
  connectionRules: [],
  addresses: [],
};

export const createGatewaySlice =
  ({ api, clipboard, now }: StorePorts): StateCreator<AppState, [], [], GatewaySlice> =>
  (set, get) => {
    const put = (patch: (gateway: GatewayView) => Partial<GatewayView>): void => {
      set(({ gateway }) => ({ gateway: { ...gateway, ...patch(gateway) } }));
    };

    const withAdded = <T extends { consumer: ConsumerView }>(reply: Reply<T>): Reply<T> => {
      if (reply.ok) {
        const { consumer } = reply.value;
        put(({ consumers }) => ({
          consumers: [...consumers.filter(({ id }) => id !== consumer.id), consumer],
        }));
      }
      return reply;
    };

    return {
      gateway: NO_GATEWAY,
      operations: null,
      loadOperations: async () => {
        if (get().operations !== null) return;
        const reply = await api.call('gateway.operations', {});
        if (reply.ok) set({ operations: reply.value.operations });
        else if (reply.error.code !== 'not-reachable') get().notifyFailure(reply.error);
      },

      loadFolders: () => api.call('folders.list', {}),
      unbindFolder: async (folder, connection) => {
        const reply = await api.call('folders.unbind', { folder, connection });
        return reply.ok ? null : reply.error;
      },

      deciding: new Set(),
      decide: async (held, decision, lasts) => {
        const ids = held.map(({ id }) => id).filter((id) => !get().deciding.has(id));
        set(({ deciding }) => ({ deciding: new Set([...deciding, ...ids]) }));
        const replies = await Promise.all(
          ids.map((request) =>
            api.call('gateway.decide', { request, decision, ...(lasts !== undefined && { lasts }) }),
          ),
        );
        const failed = replies.find((reply) => !reply.ok);
        // One that is not found waits no longer either.
        const over = new Set(
          ids.filter((_, index) => {
            const reply = replies[index];
            return reply !== undefined && (reply.ok || reply.error.code === 'not-found');
          }),
        );
        set((state) => ({
          deciding: new Set([...state.deciding].filter((id) => !ids.includes(id))),
          ...applyEvent(
            state,
            { type: 'held', held: state.gateway.held.filter(({ id }) => !over.has(id)) },
            now(),
          ),
        }));
        if (failed?.ok === false) get().notifyFailure(failed.error);
        else if (ids.length > 0)
          get().announce(
            decision === 'deny' ? 'Refused.' : lasts === undefined ? 'Allowed once.' : 'Allowed.',
          );
      },

      explainRules: (rules) => api.call('gateway.explain', { rules }),
      addKey: async (request) => withAdded(await api.call('gateway.add', request)),
      addRemoteKey: async (request) => withAdded(await api.call('remote.add', request)),
      copyKey: async (key) => {
        const seconds = get().settings.clipboardClearSeconds;
        const { written, clears } = await clipboard.writeSecret(key, seconds);
        if (written) get().notify(keyCopiedWords(clears ? seconds : 0));
        else {
          get().notifyFailure({
            code: 'refused',
            message: 'Your browser did not let this page copy.',
            hint: 'Allow the clipboard for this page, then copy again.',
          });
        }
      },
      changeConsumer: async (request) => {
        const reply = await api.call('gateway.change', request);
        if (reply.ok) {
          const changed = reply.value;
          put(({ consumers }) => ({
            consumers: consumers.map((item) => (item.id === changed.id ? changed : item)),
          }));
        }
        return reply;
      },
      removeConsumer: async (id) => {
        const reply = await api.call('gateway.remove', { consumer: id });
        if (!reply.ok) return reply.error;
        put(({ consumers }) => ({ consumers: consumers.filter((item) => item.id !== id) }));
        return null;
      },
      setConnectionRules: async (id, rules) => {
        const reply = await api.call('gateway.set-connection-rules', { connection: id, rules });
        if (!reply.ok) return reply.error;
        set((state) => applyEvent(state, { type: 'gateway', gateway: reply.value }, now()));
        return null;
      },

      grants: null,
      loadGrants: async () => {
        const reply = await api.call('grants.list', {});
        if (reply.ok) set({ grants: reply.value.grants });
        else if (reply.error.code !== 'not-reachable') get().notifyFailure(reply.error);
      },
      revokeGrants: async (ids) => {
        const reply = await api.call('grants.revoke', { grants: [...ids] });
        if (!reply.ok) get().notifyFailure(reply.error);
        await get().loadGrants();
      },
      setApproval: async (connection, approval) => {
        const reply = await api.call('connections.set-approval', { connection, approval });
        if (reply.ok)
          set((state) => applyEvent(state, { type: 'connection', connection: reply.value }, now()));
        else get().notifyFailure(reply.error);
      },
      gitInstalls: () => api.call('git.installs', {}),
      changeGit: (call, target, file) => api.call(call, { target, ...(file !== undefined && { file }) }),

      consents: [],
      answerConsent: async (answer) => {
        const reply = await api.call('mcp.consent', answer);
        const failure = reply.ok ? null : reply.error;
        if (failure === null)
          set(({ consents }) => ({ consents: consents.filter(({ id }) => id !== answer.id) }));
        return failure;
      },
    };
  };
