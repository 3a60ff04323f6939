import type { StateCreator } from 'zustand';
import type { Failure } from '../../contract/errors.ts';
import type { StorePorts } from './ports.ts';
import type { AppState, PresetSlice } from './state.ts';

/** The core takes at most 64 KiB. */
const MOST_BYTES = 200_000;

const TOO_LARGE: Failure = {
  code: 'invalid-input',
  message: 'This is too large for a preset.',
  hint: 'Choose the file with the preset.',
};

const UNREADABLE: Failure = {
  code: 'io',
  message: 'This file cannot be read.',
  hint: 'Check that it is still there, and choose it again.',
};

export const createPresetSlice =
  ({ api }: StorePorts): StateCreator<AppState, [], [], PresetSlice> =>
  (set, get) => ({
    ownPresets: null,
    presetsRead: 0,
    loadPresets: async () => {
      const reply = await api.call('presets.list', {});
      if (!reply.ok) {
        get().notifyFailure(reply.error);
        return;
      }
      const { presets, problems, folder } = reply.value;
      set({ ownPresets: { presets: presets.filter(({ origin }) => origin === 'own'), problems, folder } });
    },
    listPresets: (connection) => api.call('presets.list', connection === '' ? {} : { connection }),
    checkPreset: async (file, name) => {
      if (file.size > MOST_BYTES) return { ok: false, error: TOO_LARGE };
      const text = await file.text().catch(() => null);
      if (text === null) return { ok: false, error: UNREADABLE };
      const source = { text, name, ...(/\.tmpl$/i.test(file.name) && { template: true }) };
      const reply = await api.call('presets.check', source);
      return reply.ok ? { ok: true, value: { ...reply.value, source } } : reply;
    },
    addPreset: async (source, options) => {
      const reply = await api.call('presets.add', { ...source, ...options });
      if (reply.ok) await get().loadPresets();
      return reply;
    },
  });
