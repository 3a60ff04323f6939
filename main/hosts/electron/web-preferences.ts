import type { WebPreferences } from 'electron';

/** A partition without `persist:` is kept in memory: nothing that a page shows reaches the disk. */
export const PARTITION = 'window';

/** Locked-down preferences for pages. Electron's defaults are spelled out, so that a change of them has no effect here. */
export const webPreferences = (parts: { preload: string; packaged: boolean }): WebPreferences => ({
  preload: parts.preload,
  partition: PARTITION,
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  // The spell checker would download dictionaries.
  spellcheck: false,
  devTools: !parts.packaged,
});
