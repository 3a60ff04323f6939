import type { StateCreator } from 'zustand';
import type { StorePorts } from './ports.ts';
import type { AppState, ProviderSlice } from './state.ts';

export const createProviderSlice =
  ({ api }: StorePorts): StateCreator<AppState, [], [], ProviderSlice> =>
  (set, get) => {
    async function read(call: 'providers.list' | 'providers.reload'): Promise<void> {
      const reply = await api.call(call, {});
      if (!reply.ok) {
        get().notifyFailure(reply.error);
        return;
      }
      const { providers, problems, folder } = reply.value;
      set({ providers, problems, providerFolder: folder });
    }

    return {
      providers: [],
      problems: [],
      providerFolder: null,
      loadProviders: () => read('providers.list'),
      addClient: async (request) => {
        const reply = await api.call('clients.add', request);
        if (reply.ok) await read('providers.list');
        return reply;
      },
      removeClient: async (id) => {
        const reply = await api.call('clients.remove', { client: id });
        if (!reply.ok) return reply.error;
        await read('providers.list');
        return null;
      },
      reloadProviders: () => read('providers.reload'),
    };
  };
