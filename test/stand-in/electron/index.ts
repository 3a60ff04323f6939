// The module `electron` as the program under test gets it. What is missing here is missing on purpose: a program that
// comes to use more fails at once, and the stand-in grows by what is used.
import { answers } from './answers.ts';
import { openLink } from './link.ts';

export { app } from './app.ts';
export {
  StandInClipboardItem as ClipboardItem,
  StandInNotification as Notification,
  clipboard,
  dialog,
  nativeTheme,
  net,
  powerMonitor,
  screen,
  shell,
  systemPreferences,
} from './desktop-services.ts';
export { ipcMain } from './ipc-main.ts';
export { StandInMenu as Menu, StandInMenuItem as MenuItem } from './menu.ts';
export { nativeImage } from './native-image.ts';
export { protocol, session } from './session.ts';
export { StandInTray as Tray } from './tray.ts';
export { StandInBrowserWindow as BrowserWindow } from './windows.ts';

openLink(answers);
