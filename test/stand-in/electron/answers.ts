import { createCloneCodec } from '../clone-codec.ts';
import { endTimers, keepTimers } from '../early-timers.ts';
import type { AppCalls, WireFrame } from '../wire.ts';
import type { Answers } from '../wire-link.ts';
import { app } from './app.ts';
import {
  StandInNotification,
  answerNextDialog,
  powerMonitor,
  shell,
  shownDialogs,
  systemClipboard,
} from './desktop-services.ts';
import { ipcMain, type IpcSender, type StandInIpcMain } from './ipc-main.ts';
import { desktop } from './link.ts';
import { StandInMenu } from './menu.ts';
import { registeredSchemes } from './session.ts';
import { StandInTray } from './tray.ts';
import { StandInBrowserWindow } from './windows.ts';

const codec = createCloneCodec();

function windowOf(id: number): StandInBrowserWindow {
  const window = StandInBrowserWindow.open.get(id);
  if (!window) throw new Error(`there is no window ${id}`);
  return window;
}

function tray(): StandInTray {
  const last = StandInTray.made.findLast((each) => !each.isDestroyed());
  if (!last) throw new Error('there is no tray');
  return last;
}

/** The emitter that a message goes to, and the event it comes with. */
function received(
  id: number,
  frame: WireFrame,
): { event: IpcSender; ipc: (channel: string) => StandInIpcMain } {
  const { webContents } = windowOf(id);
  const event: IpcSender = {
    sender: webContents,
    senderFrame: webContents.frame(frame),
    frameId: 1,
    processId: 1,
    type: 'frame',
  };
  return { event, ipc: (channel) => (webContents.ipc.handles(channel) ? webContents.ipc : ipcMain) };
}

/** What the test may ask. */
export const answers: Answers<AppCalls> = {
  serve: async (window, request) => {
    const { webContents } = windowOf(window);
    return webContents.session.protocol.serve(request);
  },
  invoke: async (id, frame, channel, args) => {
    if (!StandInBrowserWindow.open.has(id)) return { error: 'The window has gone.' };
    const { event, ipc } = received(id, frame);
    try {
      return {
        value: codec.encode(await ipc(channel).invoked(channel, event, codec.decode(args) as unknown[])),
      };
    } catch (fault) {
      const words = fault instanceof Error ? `${fault.name}: ${fault.message}` : String(fault);
      return { error: `Error invoking remote method '${channel}': ${words}` };
    }
  },
  sendToMain: (id, frame, channel, args) => {
    if (!StandInBrowserWindow.open.has(id)) return;
    const { event, ipc } = received(id, frame);
    ipc(channel).emit(channel, event, ...(codec.decode(args) as unknown[]));
  },
  mayNavigate: (id, url, main) => windowOf(id).webContents.mayNavigate(url, main),
  mayOpen: (id, url) => windowOf(id).webContents.mayOpen(url),
  mayRequest: (id, url, type) => windowOf(id).webContents.session.mayRequest(url, type),
  permissions: (id, url, names) => {
    const { webContents } = windowOf(id);
    return webContents.session.granted(names, webContents as unknown as Electron.WebContents, url);
  },
  pageEvent: (id, event) => {
    const window = StandInBrowserWindow.open.get(id);
    if (!window) return;
    const { webContents } = window;
    switch (event.type) {
      case 'loaded':
        webContents.mainFrame.url = event.url;
        window.setTitle(event.title);
        webContents.emit('dom-ready');
        webContents.emit('did-navigate', {}, event.url);
        if (!desktop.wayland || window.isVisible()) window.emit('ready-to-show');
        if (desktop.loadingHangs) return;
        webContents.emit('did-finish-load');
        webContents.emit('did-stop-loading');
        return;
      case 'crashed':
        webContents.crashed = true;
        webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 139 });
        app.emit('render-process-gone', {}, webContents, { reason: 'crashed', exitCode: 139 });
        return;
    }
  },

  look: () => ({
    name: app.name,
    ready: app.isReady(),
    schemes: JSON.parse(JSON.stringify(registeredSchemes())) as Record<string, unknown>[],
    applicationMenu: StandInMenu.getApplicationMenu()?.seen() ?? null,
    loginItem: app.loginItem as Record<string, unknown> | null,
    events: [...app.said],
    traysMade: StandInTray.made.length,
    windowsMade: StandInBrowserWindow.made,
  }),
  tray: () => StandInTray.made.findLast((each) => !each.isDestroyed())?.seen() ?? null,
  clickTray: (path) => {
    tray().clickItem(path);
  },
  clickTrayIcon: () => {
    tray().clickIcon();
  },
  clickApplicationMenu: (path) => {
    StandInMenu.getApplicationMenu()?.find(path).click();
  },
  windows: () => StandInBrowserWindow.getAllWindows().map((window) => window.seen()),
  closeWindow: (id) => {
    windowOf(id).close();
  },
  turnAway: () => {
    for (const window of StandInBrowserWindow.getAllWindows()) window.blur();
  },
  power: (event) => {
    powerMonitor.emit(event);
  },
  setOnline: (online) => {
    desktop.online = online;
  },
  keepTimers,
  endTimers,
  readClipboard: () => systemClipboard.text,
  writeClipboard: (text) => {
    systemClipboard.copiedElsewhere(text);
  },
  openedUrls: () => [...shell.opened],
  shownItems: () => [...shell.shownItems],
  openedUnder: () => [...shell.openedUnder],
  notifications: () => StandInNotification.shown.map((each, id) => each.seen(id)),
  clickNotification: (id) => {
    StandInNotification.shown[id]?.clicked();
  },
  dialogs: () => [...shownDialogs],
  answerDialog: answerNextDialog,
  fault: (kind) => {
    const fault = new Error('a bug, provoked by the test');
    if (kind === 'rejection') void Promise.reject(fault);
    else {
      setImmediate(() => {
        throw fault;
      });
    }
  },
  quit: () => {
    app.quit();
  },
};
