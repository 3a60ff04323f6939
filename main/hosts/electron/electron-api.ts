import type * as electron from 'electron';

/**
 * What this app uses of Electron's main process. Only `main/index.ts` loads the module; every other file gets what it
 * needs as a parameter, so that tests can pass a fake of just that.
 */
export type ElectronApi = Pick<
  typeof electron,
  | 'BrowserWindow'
  | 'ClipboardItem'
  | 'Menu'
  | 'Notification'
  | 'Tray'
  | 'app'
  | 'clipboard'
  | 'dialog'
  | 'ipcMain'
  | 'nativeImage'
  | 'nativeTheme'
  | 'net'
  | 'powerMonitor'
  | 'protocol'
  | 'screen'
  | 'session'
  | 'shell'
  | 'systemPreferences'
>;
