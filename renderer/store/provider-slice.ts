import type { StateCreator } from 'zustand';
import type { Failure } from '../../contract/errors.ts';
import type { OAuthClientView } from '../../contract/provider.ts';
import type { Reply } from '../api/api-client.ts';
import type { ClientSave } from './dialog-state.ts';
import { MOST_BYTES } from './most-bytes.ts';
import type { StorePorts } from './ports.ts';
import type { AppState, ProviderSlice, ProviderSource } from './state.ts';

async function sent(source: ProviderSource): Promise<Reply<{ url: string } | { text: string }>> {
  if ('url' in source) return { ok: true, value: source };
  if (source.file.size > MOST_BYTES) return { ok: false, error: TOO_LARGE };
  try {
    return { ok: true, value: { text: await source.file.text() } };
  } catch {
    return { ok: false, error: UNREADABLE };
  }
}

const TOO_LARGE: Failure = {
  code: 'invalid-input',
  message: 'This is too large for such a file.',
  hint: 'Choose the file with the provider or the OAuth client.',
};

const UNREADABLE: Failure = {
  code: 'io',
  message: 'This file cannot be read.',
  hint: 'Check that it is still there, and choose it again.',
};

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

    function sendClient(save: ClientSave): Promise<Reply<OAuthClientView>> {
      switch (save.kind) {
        case 'add':
          return api.call('clients.add', save.request);
        case 'change':
          return api.call('clients.change', save.request);
        case 'add-file':
          return api.call('clients.add-file', save.request);
      }
    }

    return {
      providers: [],
      problems: [],
      providerFolder: null,
      loadProviders: () => read('providers.list'),
      saveClient: async (save) => {
        const reply = await sendClient(save);
        if (reply.ok) await read('providers.list');
        return reply;
      },
      checkRedirect: (provider, redirectUri) => api.call('clients.check-redirect', { provider, redirectUri }),
      checkClientFile: async (provider, file) => {
        const ready = await sent({ file });
        if (!ready.ok) return ready;
        const text = 'text' in ready.value ? ready.value.text : '';
        const reply = await api.call('clients.check-file', { provider, text });
        return reply.ok ? { ok: true, value: { ...reply.value, text } } : reply;
      },
      removeClient: async (id) => {
        const reply = await api.call('clients.remove', { client: id });
        if (!reply.ok) return reply.error;
        await read('providers.list');
        return null;
      },
      reloadProviders: async () => {
        await read('providers.reload');
        if (get().ownPresets !== null) await get().loadPresets();
      },
      checkProvider: async (source) => {
        const ready = await sent(source);
        return ready.ok ? api.call('providers.check', ready.value) : ready;
      },
      addProvider: async (source, options) => {
        const ready = await sent(source);
        if (!ready.ok) return ready;
        const reply = await api.call('providers.add', { ...ready.value, ...options });
        if (reply.ok) await read('providers.list');
        return reply;
      },
    };
  };
