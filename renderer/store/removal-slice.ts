import type { StateCreator } from 'zustand';
import type { ConnectionId } from '../../contract/ids.ts';
import { only } from '../view/selection.ts';
import { applyEvent } from './apply-event.ts';
import type { StorePorts } from './ports.ts';
import type { AppState, RemovalSlice } from './state.ts';

export const createRemovalSlice =
  ({ api, now }: StorePorts): StateCreator<AppState, [], [], RemovalSlice> =>
  (set, get) => {
    async function putBack(ids: readonly ConnectionId[]): Promise<void> {
      const reply = await api.call('connections.undo', { connections: [...ids] });
      if (!reply.ok) {
        get().notifyFailure(reply.error);
        return;
      }
      const back = reply.value.connections;
      for (const connection of back)
        set((state) => applyEvent(state, { type: 'connection', connection }, now()));
      const [first] = back;
      if (first !== undefined) set(only(first.id));
      if (back.length < ids.length) {
        get().notifyFailure({
          code: 'failed',
          message: `${back.length} of ${ids.length} connections are back.`,
          hint: 'It was too late for the others. Connect their accounts again.',
        });
      } else
        get().notify(
          back.length === 1 ? `${first?.name ?? ''} is back.` : `${back.length} connections are back.`,
        );
    }

    const drop = (id: ConnectionId): void => {
      set((state) => applyEvent(state, { type: 'connection-removed', id }, now()));
    };

    return {
      remove: async (id, revoke) => {
        const { connections, dialog: asked } = get();
        const name = connections.get(id)?.name ?? 'Connection';
        const reply = await api.call('connections.remove', { connection: id, revoke });
        if (!reply.ok) return reply.error;
        const { revocation, manageUrl } = reply.value;
        drop(id);
        const { dialog } = get();
        if (revocation === 'not-asked') {
          if (dialog === asked) set({ dialog: null });
          get().notifyDone(`Removed ${name}.`, () => putBack([id]));
        } else if (dialog === asked || dialog === null) {
          set({ dialog: { kind: 'removed', name, outcome: revocation, manageUrl } });
        } else if (revocation === 'accepted') {
          get().notify(`${name} removed. The request to revoke was accepted.`);
        } else {
          get().notifyFailure({
            code: 'failed',
            message: `${name} removed, but its sign-in was not revoked.`,
            hint: 'Revoke it in your account settings.',
          });
        }
        return null;
      },

      removeSeveral: async (ids) => {
        const asked = get().dialog;
        const gone: ConnectionId[] = [];
        const offerUndo = (): void => {
          if (gone.length > 0)
            get().notifyDone(
              gone.length === 1 ? 'Removed 1 connection.' : `Removed ${gone.length} connections.`,
              () => putBack(gone),
            );
        };
        for (const id of ids) {
          const reply = await api.call('connections.remove', { connection: id, revoke: false });
          if (!reply.ok) {
            offerUndo();
            return reply.error;
          }
          gone.push(id);
          drop(id);
        }
        if (get().dialog === asked) set({ dialog: null });
        offerUndo();
        return null;
      },
      loadDependents: async () => {
        const [hooks, git, folders, files, grants] = await Promise.all([
          api.call('hooks.list', {}),
          api.call('git.installs', {}),
          api.call('folders.list', {}),
          api.call('mcp.files', {}),
          api.call('grants.list', {}),
        ]);
        return {
          hooks: hooks.ok ? hooks.value.hooks : [],
          installs: git.ok ? git.value.installs : [],
          folders: folders.ok ? folders.value.folders : [],
          mcpFiles: files.ok ? files.value.files : [],
          grants: grants.ok ? grants.value.grants : [],
        };
      },
    };
  };
