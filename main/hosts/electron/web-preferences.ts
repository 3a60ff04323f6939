import type { WebPreferences } from 'electron';

/** A partition without `persist:` lives in memory: nothing that a page shows reaches the disk. */
export const PARTITION = 'window';

/** What a page may be: locked in. Electron's defaults are spelled out, so that a change of them changes nothing here. */
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
  // The dictionaries of the spell checker are downloaded.
  spellcheck: false,
  devTools: !parts.packaged,
});
