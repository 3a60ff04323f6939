import type { StateCreator } from 'zustand';
import { shortPath } from '../../contract/short-path.ts';
import { isTemplate, looksLikePreset } from '../view/preset-words.ts';
import { isJson, looksLikeProvider } from '../view/provider-file.ts';
import { applyEvent } from './apply-event.ts';
import { MOST_BYTES } from './most-bytes.ts';
import type { StorePorts } from './ports.ts';
import type { AppState, ExportSlice } from './state.ts';

export const createExportSlice =
  ({ api, pathOf, now }: StorePorts): StateCreator<AppState, [], [], ExportSlice> =>
  (set, get) => ({
    exports: new Map(),
    addExport: async (request) => {
      const reply = await api.call('exports.add', request);
      if (reply.ok) set((state) => applyEvent(state, { type: 'export', export: reply.value }, now()));
      return reply;
    },
    previewExport: (request) => api.call('exports.preview', request),
    checkExport: (id) => api.call('exports.check', { export: id }),
    cureExport: (id, cure) => api.call('exports.cure', { export: id, cure }),
    writeExports: async (id) => {
      const reply = await api.call('exports.write', id === undefined ? {} : { export: id });
      if (!reply.ok) {
        get().notifyFailure(reply.error);
        return;
      }
      const written = reply.value.exports;
      for (const item of written) set((state) => applyEvent(state, { type: 'export', export: item }, now()));
      const failed = written.filter(({ status }) => status.state === 'failed').length;
      if (failed === 0) get().notify(written.length === 1 ? 'Env file written.' : 'Env files written.');
      else {
        get().notifyFailure({
          code: 'io',
          message: failed === 1 ? '1 env file was not written.' : `${failed} env files were not written.`,
          hint: 'See Env files for the reasons.',
        });
      }
    },
    changeExport: async (id, request) => {
      const reply = await api.call('exports.change', { ...request, export: id });
      if (reply.ok) set((state) => applyEvent(state, { type: 'export', export: reply.value }, now()));
      return reply;
    },
    dropFile: async (file) => {
      const { connections, selectedId, openDialog, notifyFailure } = get();
      const text = isJson(file.name) && file.size <= MOST_BYTES ? await file.text().catch(() => '') : '';
      if (looksLikeProvider(text)) {
        openDialog({ kind: 'add-provider', file });
        return;
      }
      if (isTemplate(file.name) || looksLikePreset(text)) {
        openDialog({ kind: 'add-preset', file });
        return;
      }
      if (connections.size === 0) {
        notifyFailure({
          code: 'invalid-input',
          message:
            'This is no provider file or preset, and there is no connection yet whose token it could get.',
          hint: 'Connect an account first.',
        });
        return;
      }
      openDialog({
        kind: 'add-export',
        connection: selectedId,
        dropped: { name: file.name, path: pathOf(file) },
      });
    },
    choosePath: async (what, near) => {
      const reply = await api.call('files.choose', { what, ...(near !== '' && { near }) });
      if (!reply.ok) get().notifyFailure(reply.error);
      return reply.ok ? reply.value.path : null;
    },
    showInFolder: async (id) => {
      const reply = await api.call('files.show', { export: id });
      if (!reply.ok) get().notifyFailure(reply.error);
    },
    removeExport: async (id, keepFile) => {
      const reply = await api.call('exports.remove', { export: id, keepFile });
      if (!reply.ok) return reply.error;
      set((state) => applyEvent(state, { type: 'export-removed', id }, now()));
      const { notify, status } = get();
      notify(`${shortPath(reply.value.file, status?.userHome ?? '')} is no longer kept up to date.`);
      return null;
    },
  });
