import type * as electron from 'electron';

/**
 * What this app uses of Electron's main process. `main/index.ts` alone loads the module; every other file takes what it
 * needs of this as a parameter, so that tests can give a fake of just that.
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
>;
